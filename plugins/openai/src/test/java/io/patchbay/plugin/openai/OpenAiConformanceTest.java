package io.patchbay.plugin.openai;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.FaultKind;
import io.patchbay.testkit.conformance.ChannelTypeConformance;
import io.patchbay.testkit.conformance.Fixture;
import io.patchbay.testkit.conformance.OpenAiFixtures;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

final class OpenAiConformanceTest extends ChannelTypeConformance {
    private static final String TOOLS = """
            "tools":[{"type":"function","function":{"name":"get_weather","parameters":{"type":"object"}}},\
            {"type":"function","function":{"name":"get_time"}}]""";

    @Override
    protected ChannelType type() {
        return new OpenAiChannelType();
    }

    /** Another of OpenAI's own hosts: elsewhere, the models of the Responses API are asked by chat. */
    @Override
    protected TestChannel otherChannel(ChannelType type) {
        return super.otherChannel(type).toBuilder()
                .endpoint("https://eu.api.openai.com")
                .build();
    }

    @Override
    protected Set<Capability> claimed() {
        return Set.of(
                Capability.CHAT,
                Capability.TOOLS,
                Capability.PARALLEL_TOOLS,
                Capability.VISION,
                Capability.REASONING,
                Capability.JSON_OUTPUT,
                Capability.SEVERAL_CHOICES,
                Capability.EMBEDDINGS,
                Capability.IMAGES,
                Capability.IMAGE_EDITS,
                Capability.SPEECH,
                Capability.TRANSCRIPTION,
                Capability.MODERATION,
                Capability.MODEL_LIST);
    }

    @Override
    protected List<Fixture> fixtures() {
        List<Fixture> all = new ArrayList<>(OpenAiFixtures.of("gpt-5.4-mini", claimed()));
        all.add(golden("golden text", chat("gpt-5.4-mini", ""), "chat-text.sse")
                .expectText("Hello, 世界 👋!")
                .expectFinish("stop")
                .expectUsage(8, 3));
        all.add(golden("golden tools", chat("gpt-5.4-mini", "," + TOOLS), "chat-tools.sse")
                .shows(Capability.TOOLS, Capability.PARALLEL_TOOLS)
                .expectCalls("get_weather", "{\"city\":\"Oslo\"}", "get_time", "{}")
                .expectFinish("tool_calls")
                .expectUsage(92, 41));
        all.add(golden("golden choices", chat("gpt-4.1", ",\"n\":2"), "chat-choices.sse")
                .shows(Capability.SEVERAL_CHOICES)
                .expectText("one"));
        all.add(golden("golden reasoning", chat("kimi-k2.5", ""), "chat-reasoning.sse")
                .shows(Capability.REASONING)
                .expectReasoning("Let me think.")
                .expectText("42")
                .expectUsage(11, 9));
        all.add(golden("golden response", chat("gpt-5.5-pro", ""), "responses-text.sse")
                .shows(Capability.REASONING)
                .expectReasoning("Greeting.\n\nDone.")
                .expectText("Hello, 世界!")
                .expectFinish("stop")
                .expectUsage(12, 30));
        all.add(golden("golden response with tools", chat("gpt-5.5-pro", "," + TOOLS), "responses-tools.sse")
                .shows(Capability.TOOLS, Capability.PARALLEL_TOOLS)
                .expectCalls("get_weather", "{\"city\":\"Oslo\"}", "get_time", "{}")
                .expectFinish("tool_calls"));
        all.add(golden("golden whole response", whole("gpt-5.5-pro"), "responses-whole.json")
                .expectReasoning("Hm.")
                .expectText("Hello")
                .expectFinish("length")
                .expectUsage(36, 87));
        all.add(golden("golden failed response", chat("gpt-5.5-pro", ""), "responses-failed.sse")
                .expectFault(FaultKind.QUOTA));
        all.add(golden("golden overload", chat("gpt-5.4-mini", ""), "chat-refused-early.sse")
                .expectFault(FaultKind.RETRY));
        all.add(golden("golden whole", whole("gpt-5.4-mini"), "chat-whole.json")
                .expectText("Hello!")
                .expectUsage(8, 74));
        all.add(golden(
                        "golden whole tools",
                        whole("gpt-5.4-mini").replace("}]}", "}]," + TOOLS + "}"),
                        "chat-whole-tools.json")
                .shows(Capability.TOOLS)
                .expectCalls("get_weather", "{\"city\":\"Oslo\"}"));
        all.add(golden("golden completion", chat("gpt-3.5-turbo-instruct", ""), "completion.sse")
                .expectText("\n\nGood day, 你好")
                .expectFinish("stop")
                .expectUsage(12, 4));
        all.add(golden("golden whole completion", whole("gpt-3.5-turbo-instruct"), "completion.json")
                .expectText("\n\nGood day")
                .expectUsage(12, 3));
        all.add(Fixture.chat("asked once more", chat("gpt-4.1", ",\"temperature\":0.2"))
                .replies(
                        Reply.json(400, Golden.text("error-unsupported-temperature.json")),
                        Reply.events(Golden.bytes("chat-text.sse")))
                .expectText("Hello, 世界 👋!"));
        return all;
    }

    private static Fixture golden(String name, String body, String transcript) {
        return Fixture.chat(name, body).transcript(OpenAiConformanceTest.class, "/golden/" + transcript);
    }

    private static String chat(String model, String more) {
        return "{\"model\":\"" + model + "\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]"
                + more + "}";
    }

    private static String whole(String model) {
        return "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    }
}
