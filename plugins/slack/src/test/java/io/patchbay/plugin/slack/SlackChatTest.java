package io.patchbay.plugin.slack;

import static io.patchbay.plugin.slack.Workspace.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.ChannelType;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Memo;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.Json;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestChannel;
import io.patchbay.testkit.host.TestChatCall;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SlackChatTest {
    private static final ChannelType SLACK = new SlackChannelType();
    private static final TestChannel CHANNEL = TestChannel.builder(SLACK.descriptor(), "a")
            .secret("botId", "UBOT-botId-1")
            .secret("token", "UBOT-token-1")
            .build();
    private static final String FIRST = "{\"role\":\"user\",\"content\":\"Hi\"}";
    private static final String SECOND =
            FIRST + ",{\"role\":\"assistant\",\"content\":\"Hello\"},{\"role\":\"user\",\"content\":\"Weather?\"}";
    private static final Workspace HELLO = Workspace.answering(message("Hello"));

    @Test
    void theQuestionIsPostedAndTheThreadReadUntilTheAppIsDone() {
        FlowRun<ChatEvent> run = ask(
                CHANNEL,
                Map.of(),
                FIRST,
                Workspace.answering(
                        "",
                        message("Hel\\n\\n_Typing\u2026_"),
                        message("Hello, *wor\\n_Typing\u2026_"),
                        message("Hello, *world*")));

        assertThat(run.sent())
                .extracting(sent -> sent.method() + " " + sent.url())
                .startsWith(
                        "GET https://slack.com/api/conversations.list?limit=1000&types=public_channel%2Cprivate_channel",
                        "POST https://slack.com/api/chat.postMessage",
                        "GET https://slack.com/api/conversations.replies?channel=C1&ts=1704441600.000100"
                                + "&oldest=1704441600.000100&limit=10")
                .hasSize(6);
        assertThat(run.sent()).allMatch(sent -> "Bearer UBOT-token-1".equals(sent.header("authorization")));
        assertThat(run.sent().get(1).json())
                .isEqualTo(Json.parse("{\"channel\":\"C1\",\"text\":\"<@UBOT-botId-1>\\nuser: Hi\"}"));
        assertThat(run.pauses()).hasSize(4).allMatch(Duration.ofSeconds(1)::equals);
        assertThat(run.events())
                .containsExactly(
                        new ChatEvent.Started("1704441600.000100", null),
                        new ChatEvent.Text("Hel"),
                        new ChatEvent.Text("lo, *wor"),
                        new ChatEvent.Text("ld*"),
                        new ChatEvent.Finish("stop"));
    }

    @Test
    void theWholeHistoryIsOneMessageInWhichNothingIsMarkup() {
        FlowRun<ChatEvent> run =
                ask(CHANNEL, Map.of(), "{\"role\":\"system\",\"content\":\"Be <brief> & kind.\"}," + SECOND, HELLO);

        assertThat(run.sent().get(1).json().string("text"))
                .isEqualTo("<@UBOT-botId-1>\nsystem: Be &lt;brief&gt; &amp; kind.\n\nuser: Hi\n\nassistant: Hello\n\n"
                        + "user: Weather?");
    }

    @Test
    void aChannelNameInPlaceOfTheEndpointCounts() {
        TestChannel named = CHANNEL.toBuilder().endpoint("#Claude").build();
        TestChannel other = CHANNEL.toBuilder()
                .endpoint("https://slack-proxy.example/api/")
                .option("channelName", "general")
                .build();

        assertThat(ask(named, Map.of(), FIRST, HELLO).sent().get(1).url())
                .isEqualTo("https://slack.com/api/chat.postMessage");
        assertThat(ask(named, Map.of(), FIRST, HELLO).sent().get(1).json().string("channel"))
                .isEqualTo("C1");
        assertThat(ask(other, Map.of(), FIRST, HELLO).sent().get(1).url())
                .isEqualTo("https://slack-proxy.example/api/chat.postMessage");
        assertThat(ask(other, Map.of(), FIRST, HELLO).sent().get(1).json().string("channel"))
                .isEqualTo("C0");
    }

    @Test
    void aMissingChannelIsMadeAndTheAppInvited() {
        FlowRun<ChatEvent> run = ask(
                CHANNEL, Map.of(), FIRST, Workspace.answering(message("Hello")).withChannels("general"));

        assertThat(run.sent().get(1).url()).isEqualTo("https://slack.com/api/conversations.create");
        assertThat(run.sent().get(1).text()).isEqualTo("{\"name\":\"claude\"}");
        assertThat(run.sent().get(2).url()).isEqualTo("https://slack.com/api/conversations.invite");
        assertThat(run.sent().get(2).text()).isEqualTo("{\"channel\":\"CNEW\",\"users\":\"UBOT-botId-1\"}");
        assertThat(run.sent().get(3).json().string("channel")).isEqualTo("CNEW");
    }

    @Test
    void channelsAreLookedThroughPageByPage() {
        FlowRun<ChatEvent> run = ask(CHANNEL, Map.of(), FIRST, (request, index) -> switch (index) {
            case 0 -> Reply.json("{\"ok\":true,\"channels\":[],\"response_metadata\":{\"next_cursor\":\"dGVhbQ==\"}}");
            case 1 -> Reply.json("{\"ok\":true,\"channels\":[{\"id\":\"C7\",\"name\":\"claude\"}]}");
            default -> HELLO.answer(request, index - 1);
        });

        assertThat(run.sent().get(1).url()).endsWith("&cursor=dGVhbQ%3D%3D");
        assertThat(run.sent().get(2).json().string("channel")).isEqualTo("C7");
    }

    @Test
    void theNextQuestionGoesIntoTheSameThread() {
        Map<Memo, String> memory = ask(CHANNEL, Map.of(), FIRST, HELLO).remembered();
        assertThat(memory).hasSize(2);

        FlowRun<ChatEvent> run = ask(
                CHANNEL,
                memory,
                SECOND,
                (request, index) -> request.path().endsWith("postMessage")
                        ? Reply.json("{\"ok\":true,\"ts\":\"1704441700.000100\"}")
                        : Reply.json("{\"ok\":true,\"messages\":[" + bot("Hello", "1704441601.000200")
                                + (index < 3 ? "" : "," + bot("Rain.", "1704441701.000200")) + "]}"));

        assertThat(run.sent())
                .extracting(sent -> sent.path())
                .containsExactly(
                        "/api/chat.postMessage",
                        "/api/conversations.replies",
                        "/api/conversations.replies",
                        "/api/conversations.replies");
        assertThat(run.sent().getFirst().json()).isEqualTo(Json.parse("""
                {"channel":"C1","text":"<@UBOT-botId-1>\\nWeather?","thread_ts":"1704441600.000100"}"""));
        assertThat(run.sent().get(1).url())
                .endsWith("?channel=C1&ts=1704441600.000100&oldest=1704441700.000100&limit=10");
        assertThat(run.events()).contains(new ChatEvent.Text("Rain.")).doesNotContain(new ChatEvent.Text("Hello"));
    }

    @Test
    void aThreadOrChannelThatIsGoneIsReplaced() {
        Map<Memo, String> memory = ask(CHANNEL, Map.of(), FIRST, HELLO).remembered();

        FlowRun<ChatEvent> thread = ask(
                CHANNEL,
                memory,
                SECOND,
                (request, index) -> index == 0
                        ? Reply.json("{\"ok\":false,\"error\":\"thread_not_found\"}")
                        : HELLO.answer(request, index));
        FlowRun<ChatEvent> channel = ask(
                CHANNEL,
                memory,
                SECOND,
                (request, index) -> index == 0
                        ? Reply.json("{\"ok\":false,\"error\":\"channel_not_found\"}")
                        : HELLO.answer(request, index));

        assertThat(thread.sent().get(1).json().get("thread_ts")).isNull();
        assertThat(thread.sent().get(1).json().string("text"))
                .contains("user: Hi")
                .contains("user: Weather?");
        assertThat(thread.ending()).isEqualTo(FlowRun.Ending.DONE);
        assertThat(channel.sent().get(1).path()).isEqualTo("/api/conversations.list");
        assertThat(channel.ending()).isEqualTo(FlowRun.Ending.DONE);
    }

    @Test
    void aNoticeIsNoAnswerWhereThereIsOne() {
        FlowRun<ChatEvent> run = ask(
                CHANNEL,
                Map.of(),
                FIRST,
                Workspace.answering(message("Hello")
                        + ",{\"user\":\"BOT\",\"text\":\"notice\",\"ts\":\"1704441609.000200\",\"metadata\":"
                        + "{\"event_type\":\"claude_moderation\"}}"));

        assertThat(run.events()).contains(new ChatEvent.Text("Hello"));
    }

    @Test
    void slackMayAskToLookLessOften() {
        Reply limited =
                Reply.json(429, "{\"ok\":false,\"error\":\"ratelimited\"}").header("retry-after", "30");

        FlowRun<ChatEvent> run =
                ask(CHANNEL, Map.of(), FIRST, (request, index) -> index == 2 ? limited : HELLO.answer(request, index));

        assertThat(run.ending()).isEqualTo(FlowRun.Ending.DONE);
        assertThat(run.pauses()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(30));
    }

    @Test
    void aMessageTooLongForSlackIsNotPosted() {
        FlowRun<ChatEvent> run =
                ask(CHANNEL, Map.of(), "{\"role\":\"user\",\"content\":\"" + "x".repeat(40_001) + "\"}", HELLO);

        assertThat(run.fault().kind()).isEqualTo(FaultKind.TOO_LONG);
        assertThat(run.sent()).hasSize(1);
    }

    @Test
    void slacksMarkupBecomesMarkdown() {
        assertThat(Markup.plain("See <https://a.example/x?y=1|the page> or <https://b.example>: 1 &lt; 2 &amp;amp; 3"))
                .isEqualTo("See [the page](https://a.example/x?y=1) or https://b.example: 1 < 2 &amp; 3");
        assertThat(Markup.isTyping("Hel\n\n_Typing\u2026_")).isTrue();
        assertThat(Markup.isTyping("They say _Typing..._")).isFalse();
    }

    @Test
    void picturesAndSettingsAreReported() {
        FlowRun<ChatEvent> run = FlowDriver.answering(HELLO).chat(SLACK.chat(TestChatCall.of("""
                        {"model":"claude-slack","temperature":1,"messages":[{"role":"user","content":[\
                        {"type":"text","text":"Hi"},{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]}]}"""), CHANNEL));

        assertThat(run.dropped()).containsExactly("messages.image_url", "temperature");
    }

    private static String bot(String text, String stamp) {
        return "{\"user\":\"UBOT-botId-1\",\"text\":\"" + text + "\",\"ts\":\"" + stamp + "\"}";
    }

    private static FlowRun<ChatEvent> ask(
            TestChannel channel, Map<Memo, String> memory, String messages, FlowDriver.Upstream upstream) {
        TestChatCall call =
                TestChatCall.of("{\"model\":\"claude-slack\",\"stream\":true,\"messages\":[" + messages + "]}");
        return FlowDriver.answering(upstream).remembering(memory).chat(SLACK.chat(call, channel));
    }
}
