package io.patchbay.dialects.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.dialects.ChatDecoder;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Profile;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WholeMessageTest {
    private final ChatDecoder decoder = MessageTranscript.CODEC.wholeDecoder(Profile.STANDARD);

    private String outcome(String body) {
        return MessageTranscript.told(MessageTranscript.decodeWhole(decoder, body));
    }

    @Test
    void aMessageIsReadBlockByBlock() {
        assertThat(outcome("""
                        {"id":"msg_01A","type":"message","role":"assistant","model":"claude-sonnet-5","content":[\
                        {"type":"thinking","thinking":"Short.","signature":"EqQB"},{"type":"text","text":"Hello!"},\
                        {"type":"tool_use","id":"toolu_01A","name":"get_weather","input":{"city":"Oslo"}},\
                        {"type":"tool_use","id":"toolu_01B","name":"get_time","input":{}}],\
                        "stop_reason":"tool_use","stop_sequence":null,"stop_details":null,"usage":{"input_tokens":12,\
                        "cache_creation_input_tokens":0,"cache_read_input_tokens":30,"cache_creation":{"ephemeral_5m_input_tokens":4,\
                        "ephemeral_1h_input_tokens":1},"output_tokens":40,"output_tokens_details":{"thinking_tokens":9},\
                        "service_tier":"standard"}}""")).isEqualTo("""
                        started msg_01A claude-sonnet-5
                        reasoning "Short."
                        extra {"reasoning_details":[{"type":"reasoning.text","text":"Short.","signature":"EqQB",\
                        "format":"anthropic-claude-v1","model":"claude-sonnet-5","index":0}]}
                        text "Hello!"
                        tool 0 toolu_01A get_weather ""
                        tool 0 null null "{\\"city\\":\\"Oslo\\"}"
                        tool 1 toolu_01B get_time ""
                        tool 1 null null "{}"
                        finish tool_calls
                        used 47/40 cached 30 written 5 reasoning 9
                        """);
        assertThat(decoder.facts().toolCalls()).isEqualTo(2);
        assertThat(decoder.facts().ended()).isTrue();
    }

    @Test
    void aMessageWithoutAStopReasonEndsAllTheSame() {
        assertThat(outcome("{\"id\":\"m\",\"content\":[{\"type\":\"text\",\"text\":\"Hi\"}]}"))
                .isEqualTo("started m null\ntext \"Hi\"\nfinish stop\n");
    }

    @Test
    void sourcesOfAWholeTextAreTold() {
        assertThat(outcome("""
                        {"id":"m","content":[{"type":"text","text":"Oslo","citations":[{"type":"web_search_result_location",\
                        "url":"https://a.example/","title":null}]}],"stop_reason":"end_turn"}"""))
                .contains(
                        "extra {\"annotations\":[{\"type\":\"url_citation\",\"url_citation\":{\"url\":"
                                + "\"https://a.example/\",\"title\":\"https://a.example/\",\"start_index\":0,\"end_index\":4}}]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|UPSTREAM",
                "7|UPSTREAM",
                "[]|UPSTREAM",
                "<html>|UPSTREAM",
                "{\"content\":\"text\"}|UPSTREAM",
                "{\"id\":\"m\",\"content\":[{\"type\":\"te|TRUNCATED",
                "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}|RETRY",
                "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"This request would exceed\"}}|RATE",
                "{\"type\":\"error\",\"error\":{\"type\":\"authentication_error\",\"message\":\"invalid x-api-key\"}}|KEY_DEAD",
                "{\"type\":\"error\",\"error\":{\"type\":\"permission_error\",\"message\":\"no\"}}|NO_ACCESS",
                "{\"type\":\"error\",\"error\":{\"type\":\"not_found_error\",\"message\":\"model: x\"}}|NO_ACCESS",
                "{\"type\":\"error\",\"error\":{\"type\":\"billing_error\",\"message\":\"pay\"}}|QUOTA",
                "{\"type\":\"error\",\"error\":{\"type\":\"timeout_error\",\"message\":\"late\"}}|RETRY",
                "{\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"oops\"}}|UPSTREAM",
                "{\"type\":\"error\",\"error\":{\"type\":\"request_too_large\",\"message\":\"32 MB\"}}|TOO_LONG",
                "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"max_tokens: required\"}}"
                        + "|BAD_REQUEST",
                "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":"
                        + "\"prompt is too long: 210000 tokens > 200000 maximum\"}}|TOO_LONG",
                "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":"
                        + "\"Your credit balance is too low to access the API\"}}|QUOTA",
                "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":"
                        + "\"This organization has been disabled.\"}}|KEY_DEAD",
            })
    void whatIsNoMessageIsAFault(String body, FaultKind kind) {
        assertThat(outcome(body)).isEmpty();
        assertThat(decoder.facts().fault()).isNotNull();
        assertThat(decoder.facts().fault().kind()).isEqualTo(kind);
    }

    @Test
    void aStreamIsOnlyCompleteWithItsEndMarkerWhereTheProfileSaysSo() {
        byte[] stream = MessageTranscript.resource("no-message-stop.sse").getBytes(StandardCharsets.UTF_8);
        ChatDecoder strict = MessageTranscript.CODEC.decoder(
                Profile.builder().endMarker(true).build());

        MessageTranscript.decode(strict, stream);

        assertThat(strict.facts().fault()).isNotNull();
        assertThat(strict.facts().fault().kind()).isEqualTo(FaultKind.TRUNCATED);
    }

    @Test
    void aVendorsOwnStopReasonIsReadByTheProfile() {
        Profile profile = Profile.builder().finishWord("eos", "end_turn").build();
        ChatDecoder other = MessageTranscript.CODEC.wholeDecoder(profile);

        assertThat(MessageTranscript.told(
                        MessageTranscript.decodeWhole(other, "{\"content\":[],\"stop_reason\":\"eos\"}")))
                .contains("finish stop");
    }
}
