package io.patchbay.plugin.hunyuan;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.FaultKind;
import io.patchbay.testkit.conformance.ChannelTypeConformance;
import io.patchbay.testkit.conformance.Fixture;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestChannel;
import java.util.List;
import java.util.Set;

/** The signed cloud API. */
final class HunyuanConformanceTest extends ChannelTypeConformance {
    @Override
    protected ChannelType type() {
        return new HunyuanChannelType();
    }

    @Override
    protected TestChannel channel(ChannelType type) {
        return Channels.cloud("one");
    }

    @Override
    protected TestChannel otherChannel(ChannelType type) {
        return Channels.cloud("two").toBuilder()
                .id(2)
                .endpoint("https://other-upstream.invalid")
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
                Capability.WEB_SEARCH);
    }

    @Override
    protected List<Fixture> fixtures() {
        return List.of(
                chat("text", "hunyuan", true, "\"Hi\"", "", "text.sse")
                        .expectText("Good day, 世界!")
                        .expectFinish("stop")
                        .expectUsage(9, 4),
                chat("whole", "hunyuan", false, "\"Hi\"", "", "text.json")
                        .expectText("Good day, 世界!")
                        .expectFinish("stop")
                        .expectUsage(9, 4),
                chat("thinking", "hunyuan-a13b", true, "\"Hi\"", ",\"reasoning_effort\":\"high\"", "thinking.sse")
                        .shows(Capability.REASONING)
                        .expectReasoning("A greeting.")
                        .expectText("Hello"),
                chat("tools", "hunyuan-functioncall", true, "\"Weather?\"", Chats.TOOLS, "tools.sse")
                        .shows(Capability.TOOLS, Capability.PARALLEL_TOOLS)
                        .expectCalls("get_weather", "{\"city\":\"Oslo\"}", "get_time", "{}")
                        .expectFinish("tool_calls")
                        .expectUsage(60, 20),
                chat("a picture", "hunyuan-vision", true, Chats.PICTURE, "", "text.sse")
                        .shows(Capability.VISION),
                chat("searched", "hunyuan", false, "\"Rain?\"", ",\"web_search_options\":{}", "searched.json")
                        .shows(Capability.WEB_SEARCH)
                        .expectText("It rains.")
                        .expectFinish("content_filter")
                        .expect(run -> assertThat(run.events().toString()).contains("https://weather.example")),
                refused("AuthFailure.SignatureFailure", FaultKind.KEY_DEAD),
                refused("AuthFailure.SignatureExpire", FaultKind.CLOCK),
                refused("AuthFailure.UnauthorizedOperation", FaultKind.NO_ACCESS),
                refused("RequestLimitExceeded.JobNumExceed", FaultKind.RATE),
                refused("FailedOperation.FreeResourcePackExhausted", FaultKind.QUOTA),
                refused("FailedOperation.ServiceNotActivated", FaultKind.KEY_DEAD),
                refused("FailedOperation.EngineServerError", FaultKind.UPSTREAM),
                refused("OperationDenied.TextIllegalDetected", FaultKind.CONTENT),
                refused("InvalidParameterValue.Model", FaultKind.NO_ACCESS),
                refused("InvalidParameterValue", FaultKind.BAD_REQUEST),
                refused("MissingParameter", FaultKind.BAD_REQUEST),
                Fixture.chat("an error inside the stream", Chats.body("hunyuan", true, "\"Hi\"", ""))
                        .replies(Reply.sse("{\"ErrorMsg\":{\"Code\":4001,\"Msg\":\"model timeout\"}}"))
                        .expectFault(FaultKind.UPSTREAM));
    }

    private static Fixture chat(
            String name, String model, boolean stream, String content, String more, String transcript) {
        return Fixture.chat(name, Chats.body(model, stream, content, more))
                .transcript(HunyuanConformanceTest.class, transcript);
    }

    private static Fixture refused(String code, FaultKind kind) {
        return Fixture.chat("error " + code, Chats.body("hunyuan", true, "\"Hi\"", ""))
                .replies(Reply.json("{\"Response\":{\"Error\":{\"Code\":\"" + code
                        + "\",\"Message\":\"made by the test\"},\"RequestId\":\"r-0\"}}"))
                .expectFault(kind);
    }
}
