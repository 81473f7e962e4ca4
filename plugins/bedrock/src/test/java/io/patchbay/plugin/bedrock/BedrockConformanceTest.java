package io.patchbay.plugin.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.ModelInfo;
import io.patchbay.testkit.conformance.ChannelTypeConformance;
import io.patchbay.testkit.conformance.Fixture;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestChannel;
import java.util.List;
import java.util.Set;

final class BedrockConformanceTest extends ChannelTypeConformance {
    private static final String MODEL = "\"model\":\"us.anthropic.claude-sonnet-4-5-20250929-v1:0\"";
    private static final String HELLO = "{" + MODEL
            + ",\"stream\":true,\"max_tokens\":50,\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},"
            + "{\"role\":\"user\",\"content\":\"Hello\"}]}";
    private static final String TOOLS = ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\","
            + "\"description\":\"Weather\",\"parameters\":{\"type\":\"object\"}}},{\"type\":\"function\",\"function\":"
            + "{\"name\":\"get_time\",\"parameters\":{\"type\":\"object\"}}}]";
    private static final String STOP = "messageStop {\"stopReason\":\"end_turn\",\"p\":\"abc\"}";
    private static final String METADATA =
            "metadata {\"usage\":{\"inputTokens\":3,\"outputTokens\":4,\"totalTokens\":13,"
                    + "\"cacheReadInputTokens\":4,\"cacheWriteInputTokens\":2},\"metrics\":{\"latencyMs\":300}}";

    @Override
    protected ChannelType type() {
        return new BedrockChannelType();
    }

    @Override
    protected String model(ChannelType type) {
        return "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
    }

    /** A region is no secret, though it is a part of the credential. */
    @Override
    protected TestChannel channel(ChannelType type) {
        return TestChannel.builder(type.descriptor(), "one")
                .secret(Runtime.REGION, "us-east-1")
                .build();
    }

    @Override
    protected TestChannel otherChannel(ChannelType type) {
        return super.otherChannel(type).toBuilder()
                .secret(Runtime.REGION, "eu-west-1")
                .build();
    }

    @Override
    protected Set<Capability> claimed() {
        return Set.of(
                Capability.CHAT,
                Capability.TOOLS,
                Capability.PARALLEL_TOOLS,
                Capability.REASONING,
                Capability.VISION,
                Capability.MODEL_LIST);
    }

    @Override
    protected List<Fixture> fixtures() {
        return List.of(
                Fixture.chat("hello", HELLO)
                        .replies(EventStream.reply(
                                "messageStart {\"role\":\"assistant\"}",
                                "contentBlockDelta {\"contentBlockIndex\":0,\"delta\":{\"text\":\"Good \"},\"p\":\"xyz\"}",
                                "contentBlockDelta {\"contentBlockIndex\":0,\"delta\":{\"text\":\"day, 世界!\"}}",
                                "contentBlockStop {\"contentBlockIndex\":0}",
                                STOP,
                                METADATA))
                        .expectText("Good day, 世界!")
                        .expectFinish("stop")
                        .expectUsage(9, 4),
                Fixture.chat("hello, whole", HELLO.replace("true", "false"))
                        .replies(
                                Reply.json(
                                        "{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":[{\"text\":\"Good day\"}]}},"
                                                + "\"stopReason\":\"max_tokens\",\"usage\":{\"inputTokens\":9,\"outputTokens\":4}}"))
                        .expectText("Good day")
                        .expectFinish("length")
                        .expectUsage(9, 4),
                Fixture.chat("two tools", HELLO.replace("}]}", "}]" + TOOLS + "}"))
                        .replies(EventStream.reply(
                                "messageStart {\"role\":\"assistant\"}",
                                "contentBlockStart {\"contentBlockIndex\":0,\"start\":{\"toolUse\":{\"toolUseId\":\"t1\",\"name\":\"get_weather\"}}}",
                                "contentBlockDelta {\"contentBlockIndex\":0,\"delta\":{\"toolUse\":{\"input\":\"{\\\"city\\\":\"}}}",
                                "contentBlockDelta {\"contentBlockIndex\":0,\"delta\":{\"toolUse\":{\"input\":\"\\\"Oslo\\\"}\"}}}",
                                "contentBlockStart {\"contentBlockIndex\":1,\"start\":{\"toolUse\":{\"toolUseId\":\"t2\",\"name\":\"get_time\"}}}",
                                "contentBlockDelta {\"contentBlockIndex\":1,\"delta\":{\"toolUse\":{\"input\":\"{}\"}}}",
                                "messageStop {\"stopReason\":\"tool_use\"}",
                                METADATA))
                        .shows(Capability.TOOLS, Capability.PARALLEL_TOOLS)
                        .expectCalls("get_weather", "{\"city\":\"Oslo\"}", "get_time", "{}")
                        .expectFinish("tool_calls"),
                Fixture.chat("a thought", HELLO.replace("\"max_tokens\":50", "\"reasoning_effort\":\"low\""))
                        .replies(EventStream.reply(
                                "contentBlockDelta {\"contentBlockIndex\":0,\"delta\":{\"reasoningContent\":{\"text\":\"Let me \"}}}",
                                "contentBlockDelta {\"contentBlockIndex\":0,\"delta\":{\"reasoningContent\":{\"text\":\"see.\"}}}",
                                "contentBlockDelta {\"contentBlockIndex\":0,\"delta\":{\"reasoningContent\":{\"signature\":\"c2ln\"}}}",
                                "contentBlockDelta {\"contentBlockIndex\":1,\"delta\":{\"text\":\"4\"}}",
                                STOP))
                        .shows(Capability.REASONING)
                        .expectReasoning("Let me see.")
                        .expectText("4")
                        .expect(run -> assertThat(run.events().toString())
                                .contains("Let me see.")
                                .contains("c2ln")),
                Fixture.chat(
                                "a picture",
                                "{" + MODEL
                                        + ",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"What?\"},"
                                        + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,iVBORw0KGgo=\"}}]}]}")
                        .replies(
                                Reply.json(
                                        "{\"output\":{\"message\":{\"content\":[{\"text\":\"A dot.\"}]}},\"stopReason\":\"end_turn\"}"))
                        .shows(Capability.VISION)
                        .expectText("A dot."),
                Fixture.chat("throttled inside the stream", HELLO)
                        .replies(EventStream.reply(
                                "messageStart {\"role\":\"assistant\"}",
                                "throttlingException {\"message\":\"Too many requests\"}"))
                        .expectFault(FaultKind.RATE),
                refused(
                        "too long",
                        400,
                        "ValidationException",
                        "Input is too long for requested model.",
                        FaultKind.TOO_LONG),
                refused(
                        "only by profile",
                        400,
                        "ValidationException",
                        "Invocation with on-demand throughput isn't supported",
                        FaultKind.NO_ACCESS),
                refused(
                        "a bad field",
                        400,
                        "ValidationException:http://internal.amazon.com",
                        "temperature",
                        FaultKind.BAD_REQUEST),
                refused(
                        "a wrong key",
                        403,
                        "UnrecognizedClientException",
                        "The security token included in the request is invalid.",
                        FaultKind.KEY_DEAD),
                refused(
                        "an old signature",
                        403,
                        "InvalidSignatureException",
                        "Signature expired: 20260115T000000Z is now earlier",
                        FaultKind.CLOCK),
                refused(
                        "no access",
                        403,
                        "AccessDeniedException",
                        "You don't have access to the model",
                        FaultKind.NO_ACCESS),
                refused("throttled", 429, "ThrottlingException", "Too many tokens per day", FaultKind.QUOTA),
                refused("a cold model", 429, "ModelNotReadyException", "not ready", FaultKind.RETRY),
                Fixture.of("models", (type, channel) -> type.models(channel))
                        .replies(
                                Reply.json(
                                        "{\"modelSummaries\":[{\"modelId\":\"amazon.nova-pro-v1:0\",\"providerName\":\"Amazon\"}]}"))
                        .shows(Capability.MODEL_LIST)
                        .expect(run -> assertThat(((ModelInfo) run.events().getFirst()).id())
                                .isEqualTo("amazon.nova-pro-v1:0")));
    }

    private static Fixture refused(String name, int status, String type, String message, FaultKind kind) {
        return Fixture.chat(name, HELLO)
                .replies(Reply.json(status, "{\"message\":\"" + message + "\"}").header("x-amzn-ErrorType", type))
                .expectFault(kind);
    }
}
