package io.patchbay.plugin.ernie;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.Json;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.SentRequest;
import io.patchbay.testkit.host.TestChannel;
import io.patchbay.testkit.host.TestChatCall;
import org.junit.jupiter.api.Test;

final class CurrentChatTest {
    private static final TestChannel CHANNEL = Channels.current("a");

    @Test
    void theAddressNamesTheSecondVersion() {
        assertThat(run(CHANNEL, "").sent().getFirst().url())
                .isEqualTo("https://qianfan.baidubce.com/v2/chat/completions");
        TestChannel proxied = CHANNEL.toBuilder()
                .endpoint("https://proxy.example/qianfan/v2/")
                .option("appid", " app-17 ")
                .build();
        SentRequest sent = run(proxied, "").sent().getFirst();
        assertThat(sent.url()).isEqualTo("https://proxy.example/qianfan/v2/chat/completions");
        assertThat(sent.header("appid")).isEqualTo("app-17");
    }

    @Test
    void aWishToThinkBecomesTheVendorsSwitch() {
        FlowRun<ChatEvent> run = run(CHANNEL, ",\"reasoning_effort\":\"none\"");

        assertThat(run.sent().getFirst().json())
                .isEqualTo(
                        Json.parse(
                                "{\"model\":\"ernie-5.1\",\"stream\":true,\"messages\":[{\"role\":\"user\","
                                        + "\"content\":\"Hi\"}],\"enable_thinking\":false,\"stream_options\":{\"include_usage\":true}}"));
        assertThat(run.dropped()).isEmpty();
        assertThat(run(CHANNEL, ",\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":99}")
                        .sent()
                        .getFirst()
                        .text())
                .contains("\"enable_thinking\":true", "\"thinking_budget\":99")
                .doesNotContain("\"thinking\"");
    }

    @Test
    void aWishToSearchBecomesTheVendorsSwitch() {
        assertThat(run(CHANNEL, ",\"web_search_options\":{}")
                        .sent()
                        .getFirst()
                        .json()
                        .get("web_search"))
                .isEqualTo(Json.parse("{\"enable\":true,\"enable_citation\":true,\"search_mode\":\"auto\"}"));
        assertThat(run(CHANNEL, ",\"web_search\":{\"enable\":false}")
                        .sent()
                        .getFirst()
                        .json()
                        .get("web_search"))
                .isEqualTo(Json.parse("{\"enable\":false}"));
    }

    private static FlowRun<ChatEvent> run(TestChannel channel, String more) {
        return FlowDriver.answering(Reply.json(404, "{}"))
                .chat(new ErnieChannelType()
                        .chat(
                                TestChatCall.of(
                                        "{\"model\":\"ernie-5.1\",\"stream\":true,\"messages\":[{\"role\":\"user\","
                                                + "\"content\":\"Hi\"}]" + more + "}"),
                                channel));
    }
}
