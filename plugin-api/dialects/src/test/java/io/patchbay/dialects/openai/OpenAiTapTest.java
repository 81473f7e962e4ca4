package io.patchbay.dialects.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.dialects.ClientPlan;
import io.patchbay.dialects.Tap;
import io.patchbay.dialects.TapFacts;
import io.patchbay.dialects.Verdict;
import io.patchbay.dialects.frame.FrameOut;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Profile;
import io.patchbay.spi.Usage;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OpenAiTapTest {
    private static final ClientPlan ASKED = new ClientPlan("pub", true, "chatcmpl-ours", 1_790_000_000L);
    private static final ClientPlan NOT_ASKED = new ClientPlan("pub", false, "chatcmpl-ours", 1_790_000_000L);
    private static final String ROLE =
            "{\"id\":\"c1\",\"created\":5,\"model\":\"up\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}";
    private static final String TEXT =
            "{\"id\":\"c1\",\"model\":\"up\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}";
    private static final String STOP =
            "{\"id\":\"c1\",\"model\":\"up\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}";
    private static final String USAGE =
            "{\"id\":\"c1\",\"model\":\"up\",\"choices\":[],\"usage\":{ \"prompt_tokens\":7,\"completion_tokens\":2,\"total_tokens\":9,\"cost\":0.10 }}";

    private final FrameOut out = new FrameOut();
    private Tap tap = Transcript.CODEC.tap(ASKED, Profile.STANDARD);

    private Verdict on(String payload) {
        Bytes bytes = Bytes.of(payload);
        Verdict verdict = tap.on("", bytes);
        tap.write(bytes, out);
        return verdict;
    }

    private String taken() {
        return StandardCharsets.UTF_8.decode(out.take()).toString();
    }

    private static String frame(String payload) {
        return "data: " + payload + "\n\n";
    }

    @Test
    void judgesAnOrdinaryStream() {
        assertThat(on(ROLE)).isEqualTo(Verdict.HOLD);
        assertThat(on(TEXT)).isEqualTo(Verdict.FORWARD);
        assertThat(on(ROLE)).isEqualTo(Verdict.FORWARD);
        assertThat(on(STOP)).isEqualTo(Verdict.FORWARD);
        assertThat(on(USAGE)).isEqualTo(Verdict.DROP);
        assertThat(on(" [DONE] ")).isEqualTo(Verdict.LAST);
        assertThat(on(TEXT)).isEqualTo(Verdict.DROP);
        assertThat(on("[DONE]")).isEqualTo(Verdict.DROP);
    }

    @Test
    void changesTheModelAndNothingElse() {
        on(TEXT);
        assertThat(taken()).isEqualTo(frame(TEXT.replace("\"up\"", "\"pub\"")));
    }

    @Test
    void leavesTextThatLooksLikeAModelAlone() {
        String chunk =
                "{\"choices\":[{\"delta\":{\"content\":\"\\\"model\\\":\\\"up\\\" \\\\\",\"model\":\"up\"},\"model\":\"up\"}],"
                        + " \"x\":{\"model\":\"up\"},\"model\" : \"up\" ,\"y\":[\"model\",\"up\"]}";
        on(chunk);
        assertThat(taken()).isEqualTo(frame(chunk.replace("\"model\" : \"up\" ,", "\"model\" : \"pub\" ,")));
    }

    @Test
    void forwardsByteByByteWhenTheModelIsTheSame() {
        tap = Transcript.CODEC.tap(new ClientPlan("up", true, "x", 1), Profile.STANDARD);
        String chunk =
                "{ \"obfuscation\":\"aX\",\"model\":\"up\",\"choices\":[ {\"delta\":{\"content\":\"\\u00e9é\"}}],\"usage\":null}";
        assertThat(on(chunk)).isEqualTo(Verdict.FORWARD);
        assertThat(taken()).isEqualTo(frame(chunk));
    }

    @Test
    void fillsInAnEmptyModel() {
        on("{\"model\":\"\",\"choices\":[{\"delta\":{\"content\":\"a\"}}]}");
        on("{\"model\":null,\"choices\":[{\"delta\":{\"content\":\"a\"}}]}");
        assertThat(taken())
                .isEqualTo(frame("{\"model\":\"pub\",\"choices\":[{\"delta\":{\"content\":\"a\"}}]}")
                        .repeat(2));
        assertThat(tap.facts().upstreamModel()).isNull();
    }

    @Test
    void makesBlanksOfLineBreaks() {
        on("{\"choices\":[{\"delta\":{\"content\":\"a\"}}],\n\"x\":1,\r\n\"y\":2}");
        assertThat(taken()).isEqualTo(frame("{\"choices\":[{\"delta\":{\"content\":\"a\"}}], \"x\":1,  \"y\":2}"));
    }

    @Test
    void takesUsageOutOfChunksWithChoices() {
        on(
                "{\"choices\":[{\"delta\":{\"content\":\"a\"}}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1},\"z\":1}");
        assertThat(taken()).isEqualTo(frame("{\"choices\":[{\"delta\":{\"content\":\"a\"}}],\"usage\":null,\"z\":1}"));
        assertThat(tap.facts().usage()).extracting(Usage::input).isEqualTo(1L);
    }

    @Test
    void endsWithTheUpstreamsOwnUsageUnderThePublicModel() {
        on(ROLE);
        on(TEXT);
        on(STOP);
        on(USAGE);
        on("[DONE]");
        taken();
        tap.tail(Usage.of(100, 100), out);
        assertThat(taken())
                .isEqualTo(frame(
                                "{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":5,\"model\":\"pub\",\"choices\":[],"
                                        + "\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":2,\"total_tokens\":9,\"cost\":0.10}}")
                        + frame("[DONE]"));
    }

    @Test
    void endsWithTheSettledUsageWhenTheUpstreamToldNone() {
        on(TEXT);
        on("[DONE]");
        taken();
        tap.tail(Usage.builder().input(4).output(3).cachedInput(2).reasoning(1).build(), out);
        assertThat(taken())
                .isEqualTo(frame(
                                "{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1790000000,\"model\":\"pub\",\"choices\":[],"
                                        + "\"usage\":{\"prompt_tokens\":4,\"completion_tokens\":3,\"total_tokens\":7,"
                                        + "\"prompt_tokens_details\":{\"cached_tokens\":2},\"completion_tokens_details\":{\"reasoning_tokens\":1}}}")
                        + frame("[DONE]"));
    }

    @Test
    void tellsNoUsageToAClientThatDidNotAsk() {
        tap = Transcript.CODEC.tap(NOT_ASKED, Profile.STANDARD);
        on(TEXT);
        on(USAGE);
        on("[DONE]");
        taken();
        tap.tail(Usage.of(1, 1), out);
        assertThat(taken()).isEqualTo(frame("[DONE]"));
        assertThat(tap.facts().usage()).isNotNull();
    }

    @Test
    void keepsTheLastUsageAndAddsNothing() {
        on(USAGE);
        on(USAGE.replace("\"completion_tokens\":2", "\"completion_tokens\":5"));
        assertThat(tap.facts().usage()).satisfies(usage -> {
            assertThat(usage.input()).isEqualTo(7);
            assertThat(usage.output()).isEqualTo(5);
        });
    }

    @Test
    void writesNothingOfWhatIsDropped() {
        on(USAGE);
        on("{\"type\":\"ping\"}");
        on("{\"choices\":[],\"prompt_filter_results\":[]}");
        on("hello");
        on("[1]");
        on("");
        on("[DONE]");
        assertThat(out.isEmpty()).isTrue();
    }

    @Test
    void writesAJudgedPayloadOnce() {
        Bytes bytes = Bytes.of(TEXT);
        tap.on("", bytes);
        tap.write(bytes, out);
        tap.write(bytes, out);
        assertThat(taken().split("\n\n")).hasSize(1);
    }

    @Test
    void commitsToAFinishWithoutContent() {
        assertThat(on(ROLE)).isEqualTo(Verdict.HOLD);
        assertThat(on(STOP)).isEqualTo(Verdict.FORWARD);
        assertThat(tap.facts().content()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"content\":\"x\"",
                "\"reasoning_content\":\"x\"",
                "\"reasoning\":\"x\"",
                "\"refusal\":\"x\"",
                "\"tool_calls\":[{\"index\":0}]",
                "\"function_call\":{\"name\":\"f\"}",
                "\"content\":[{\"type\":\"text\",\"text\":\"x\"}]",
                "\"audio\":{\"id\":\"a\"}",
                "\"images\":[{\"type\":\"image_url\"}]"
            })
    void seesContent(String member) {
        assertThat(on("{\"choices\":[{\"delta\":{" + member + "}}]}")).isEqualTo(Verdict.FORWARD);
        assertThat(tap.facts().content()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"content\":\"\"",
                "\"content\":null",
                "\"role\":\"assistant\"",
                "\"reasoning_content\":\"\"",
                "\"tool_calls\":[]",
                "\"tool_calls\":null",
                "\"function_call\":null",
                "\"content\":[]",
                "\"audio\":null",
                "\"audio\":{}",
                "\"annotations\":[]",
                "\"inner\":{\"content\":\"x\"}"
            })
    void seesNoContent(String member) {
        assertThat(on("{\"choices\":[{\"delta\":{" + member + "}}],\"content\":\"x\"}"))
                .isEqualTo(Verdict.HOLD);
        assertThat(tap.facts().content()).isFalse();
    }

    @Test
    void translatesFinishWordsOfTheProfile() {
        tap = Transcript.CODEC.tap(
                ASKED, Profile.builder().finishWord("model_length", "length").build());
        on(STOP.replace("\"stop\"", "\"model_length\""));
        assertThat(taken()).contains("\"finish_reason\":\"length\"");
        assertThat(tap.facts().finishes()).containsEntry(0, "length");
    }

    @Test
    void putsAContradictingFinishRight() {
        on(
                "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}}]}");
        on(STOP);
        assertThat(taken()).contains("\"finish_reason\":\"tool_calls\"");
        assertThat(tap.facts().finishes()).containsEntry(0, "tool_calls");
    }

    @Test
    void keepsAVendorsOwnFinishWord() {
        on(STOP.replace("\"stop\"", "\"eos\""));
        assertThat(taken()).contains("\"finish_reason\":\"eos\"");
        assertThat(tap.facts().finishes()).containsEntry(0, "eos");
    }

    @Test
    void fillsInMissingDeltasAndRoles() {
        on("{\"choices\":[{\"delta\":{\"role\":\"\",\"content\":\"a\"}}]}");
        on("{\"choices\":[{\"index\":0,\"finish_reason\":\"stop\"}]}");
        on("{\"choices\":[{\"index\":0,\"delta\":null,\"finish_reason\":\"stop\"},{ }]}");
        assertThat(taken())
                .isEqualTo(
                        frame("{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"a\"}}]}")
                                + frame("{\"choices\":[{\"delta\":{},\"index\":0,\"finish_reason\":\"stop\"}]}")
                                + frame(
                                        "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"},{\"delta\":{} }]}"));
    }

    @Test
    void dropsAWholeMessageBehindTheStream() {
        on(TEXT);
        on(STOP);
        assertThat(on(STOP.replace("\"delta\":{}", "\"message\":{\"content\":\"Hi\"}")))
                .isEqualTo(Verdict.DROP);
    }

    @Test
    void isCompleteWithAFinishUnlessTheProfileWantsTheMarker() {
        on(TEXT);
        on(STOP);
        tap.end();
        assertThat(tap.facts().ended()).isTrue();
        assertThat(tap.facts().fault()).isNull();

        tap = Transcript.CODEC.tap(ASKED, Profile.builder().endMarker(true).build());
        on(TEXT);
        on(STOP);
        tap.end();
        assertThat(tap.facts().ended()).isFalse();
        assertThat(tap.facts().fault())
                .satisfies(fault -> assertThat(fault.kind()).isEqualTo(FaultKind.TRUNCATED));
    }

    @Test
    void isCompleteWhenEveryChoiceWithContentIsFinished() {
        on(TEXT);
        on(TEXT.replace("\"index\":0", "\"index\":1"));
        on(ROLE.replace("\"index\":0", "\"index\":2"));
        on(STOP.replace("\"index\":0", "\"index\":1"));
        on(STOP);
        tap.end();
        assertThat(tap.facts().ended()).isTrue();
    }

    @Test
    void isTruncatedWhenAChoiceWithContentIsNotFinished() {
        on(TEXT);
        on(TEXT.replace("\"index\":0", "\"index\":1"));
        on(STOP);
        tap.end();
        assertThat(tap.facts().ended()).isFalse();
        assertThat(tap.facts().fault())
                .satisfies(fault -> assertThat(fault.kind()).isEqualTo(FaultKind.TRUNCATED));
    }

    @Test
    void isTruncatedWhenNothingCame() {
        tap.end();
        assertThat(tap.facts().fault())
                .satisfies(fault -> assertThat(fault.kind()).isEqualTo(FaultKind.TRUNCATED));
    }

    @Test
    void readsAnErrorEvent() {
        Bytes bytes = Bytes.of("overloaded, try again");
        assertThat(tap.on("error", bytes)).isEqualTo(Verdict.DROP);
        tap.write(bytes, out);
        assertThat(out.isEmpty()).isTrue();
        assertThat(tap.facts().fault())
                .satisfies(fault -> assertThat(fault.message()).isEqualTo("overloaded, try again"));
        assertThat(on(TEXT)).isEqualTo(Verdict.DROP);
    }

    @Test
    void ignoresOtherEventNames() {
        assertThat(tap.on("message", Bytes.of(TEXT))).isEqualTo(Verdict.FORWARD);
    }

    @Test
    void alwaysReturnsTheSameFacts() {
        TapFacts facts = tap.facts();
        on(TEXT);
        assertThat(tap.facts()).isSameAs(facts);
        assertThat(facts.content()).isTrue();
    }
}
