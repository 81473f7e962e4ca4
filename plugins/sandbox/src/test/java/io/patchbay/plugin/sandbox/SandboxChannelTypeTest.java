package io.patchbay.plugin.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.ChannelType;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.ModelInfo;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.Json;
import io.patchbay.testkit.host.ChatSummary;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.TestChannel;
import io.patchbay.testkit.host.TestChatCall;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

final class SandboxChannelTypeTest {
    private static final ChannelType SANDBOX = new SandboxChannelType();
    private static final TestChannel CHANNEL =
            TestChannel.builder(SANDBOX.descriptor(), "a").build();
    private static final String TOOLS = """
            "tools":[{"type":"function","function":{"name":"get_weather","parameters":{"type":"object","required":["city","unit","days","deep"],\
            "properties":{"city":{"type":"string"},"unit":{"enum":["celsius","kelvin"]},"days":{"type":"integer"},\
            "deep":{"type":"object","required":["ok"],"properties":{"ok":{"type":["boolean","null"]}}},"note":{"type":"string"}}}}}]""";

    @Test
    void theJarIsFoundByItsServicesEntry() {
        assertThat(ServiceLoader.load(ChannelType.class).stream().map(ServiceLoader.Provider::type))
                .contains(SandboxChannelType.class);
    }

    @Test
    void anEchoSaysThatItIsCannedAndRepeatsWhatWasWritten() {
        ChatSummary answer = answer(asking("sandbox-echo", "Hello  there,\\nyou!"));

        assertThat(answer.first().text())
                .isEqualTo("[sandbox] This answer is canned; no model was asked. You wrote:\n\nHello  there,\nyou!");
        assertThat(answer.first().finish()).isEqualTo("stop");
    }

    @Test
    void aChinesePromptIsAnsweredInChinese() {
        assertThat(answer(asking("sandbox-echo", "你好，世界")).first().text())
                .startsWith("[sandbox] 这是预设的回答，没有调用任何模型。")
                .endsWith("你好，世界");
        assertThat(answer(asking("sandbox-lorem", "写点什么")).first().text()).contains("天地玄黄");
        assertThat(answer(asking("sandbox-lorem", "Write something")).first().text())
                .contains("Lorem ipsum");
    }

    @Test
    void wordsAreStreamedAtTheChannelsPace() {
        TestChannel slow = CHANNEL.toBuilder().option("pace", "250").build();

        FlowRun<ChatEvent> run = FlowDriver.silent().chat(SANDBOX.chat(asking("sandbox-echo", "one two"), slow));

        long texts = run.events().stream()
                .filter(event -> event instanceof ChatEvent.Text)
                .count();
        assertThat(texts).isEqualTo(13);
        assertThat(run.pauses()).hasSize(13).allMatch(pause -> pause.equals(Duration.ofMillis(250)));
    }

    @Test
    void thePaceIsThirtyMillisecondsUnlessSaidAndNeverLongerThanTwoSeconds() {
        assertThat(pausesAt("30")).isEqualTo(Duration.ofMillis(30));
        assertThat(pausesAt("")).isEqualTo(Duration.ofMillis(30));
        assertThat(pausesAt("fast")).isEqualTo(Duration.ofMillis(30));
        assertThat(pausesAt("99999")).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void nobodyWaitsForAWholeAnswerOrAtPaceZero() {
        TestChatCall whole =
                TestChatCall.of("{\"model\":\"sandbox-lorem\",\"messages\":[{\"role\":\"user\",\"content\":\"Go\"}]}");
        TestChannel still = CHANNEL.toBuilder().option("pace", "0").build();

        assertThat(FlowDriver.silent().chat(SANDBOX.chat(whole, CHANNEL)).pauses())
                .isEmpty();
        assertThat(FlowDriver.silent()
                        .chat(SANDBOX.chat(asking("sandbox-lorem", "Go"), still))
                        .pauses())
                .isEmpty();
    }

    @Test
    void wordsAreCountedAsUsage() {
        ChatSummary answer = answer(asking("sandbox-echo", "two words 和汉字"));

        assertThat(answer.usage()).isNotNull();
        assertThat(answer.usage().input()).isEqualTo(5);
        assertThat(answer.usage().output()).isPositive();
    }

    @Test
    void anAnswerKeepsToTheTokenBound() {
        TestChatCall call = TestChatCall.of(
                "{\"model\":\"sandbox-lorem\",\"max_tokens\":4,\"messages\":[{\"role\":\"user\",\"content\":\"Go\"}]}");

        ChatSummary answer = answer(call);

        assertThat(answer.first().text()).isEqualTo("[sandbox] This answer is");
        assertThat(answer.first().finish()).isEqualTo("length");
    }

    @Test
    void theFirstToolIsCalledWithTheSimplestArgumentsItsSchemaAllows() {
        ChatSummary answer = answer(TestChatCall.of("{\"model\":\"sandbox-tools\",\"stream\":true," + TOOLS
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Weather?\"}]}"));

        ChatSummary.Call call = answer.first().calls().getFirst();
        assertThat(call.id()).startsWith("call_");
        assertThat(call.name()).isEqualTo("get_weather");
        assertThat(Json.parse(call.arguments()))
                .isEqualTo(Json.parse("{\"city\":\"sandbox\",\"unit\":\"celsius\",\"days\":1,\"deep\":{\"ok\":true}}"));
        assertThat(answer.first().finish()).isEqualTo("tool_calls");
    }

    @Test
    void theToolsAnswerIsTold() {
        ChatSummary answer = answer(TestChatCall.of("{\"model\":\"sandbox-tools\",\"stream\":true," + TOOLS
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Weather?\"},{\"role\":\"assistant\",\"content\":null,"
                + "\"tool_calls\":[{\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"get_weather\",\"arguments\":\"{}\"}}]},"
                + "{\"role\":\"tool\",\"tool_call_id\":\"call_1\",\"content\":\"12 degrees\"}]}"));

        assertThat(answer.first().calls()).isEmpty();
        assertThat(answer.first().text()).startsWith("[sandbox]").endsWith("The tool answered:\n\n12 degrees");
    }

    @Test
    void aRequestWithoutToolsIsToldSo() {
        assertThat(answer(asking("sandbox-tools", "Go")).first().text())
                .endsWith("The request offers no tool to call.");
    }

    @Test
    void aVeryLongPromptIsEchoedInPart() {
        assertThat(answer(asking("sandbox-echo", "x".repeat(5_000))).first().text())
                .hasSizeLessThan(2_200)
                .endsWith("…");
    }

    @Test
    void anUnknownModelIsRefused() {
        FlowRun<ChatEvent> run = FlowDriver.silent().chat(SANDBOX.chat(asking("gpt-5", "Go"), CHANNEL));

        assertThat(run.fault()).isNotNull();
        assertThat(run.fault().kind()).isEqualTo(FaultKind.NO_ACCESS);
    }

    @Test
    void theModelsAreListedWithoutAnyNetwork() {
        FlowRun<ModelInfo> run = FlowDriver.silent().run(SANDBOX.models(CHANNEL));

        assertThat(run.mistakes()).isEmpty();
        assertThat(run.events().stream().map(ModelInfo::id).toList())
                .isEqualTo(SANDBOX.descriptor().templateModels());
    }

    private static TestChatCall asking(String model, String text) {
        return TestChatCall.of("{\"model\":\"" + model
                + "\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}");
    }

    private static ChatSummary answer(TestChatCall call) {
        FlowRun<ChatEvent> run = FlowDriver.silent().chat(SANDBOX.chat(call, CHANNEL));
        assertThat(run.mistakes()).isEmpty();
        assertThat(run.ending()).isEqualTo(FlowRun.Ending.DONE);
        return ChatSummary.of(run.events());
    }

    private static Duration pausesAt(String option) {
        TestChannel channel = CHANNEL.toBuilder().option("pace", option).build();
        List<Duration> pauses = FlowDriver.silent()
                .chat(SANDBOX.chat(asking("sandbox-echo", "a"), channel))
                .pauses();
        return pauses.getFirst();
    }
}
