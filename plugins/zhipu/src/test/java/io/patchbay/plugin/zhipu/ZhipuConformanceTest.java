package io.patchbay.plugin.zhipu;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.FaultKind;
import io.patchbay.testkit.conformance.ChannelTypeConformance;
import io.patchbay.testkit.conformance.Fixture;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

final class ZhipuConformanceTest extends ChannelTypeConformance {
    private static final String TOOLS = ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\","
            + "\"parameters\":{\"type\":\"object\"}}},{\"type\":\"function\",\"function\":{\"name\":\"get_time\"}}]";
    private static final String PICTURE = "[{\"type\":\"text\",\"text\":\"What?\"},{\"type\":\"image_url\","
            + "\"image_url\":{\"url\":\"data:image/png;base64,iVBORw0KGgo=\"}}]";

    @Override
    protected ChannelType type() {
        return new ZhipuChannelType();
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
                Capability.WEB_SEARCH,
                Capability.EMBEDDINGS,
                Capability.IMAGES);
    }

    @Override
    protected List<Fixture> fixtures() {
        List<Fixture> all = new ArrayList<>();
        all.add(chat("text", "glm-4.7", true, "\"Hi\"", "", "text.sse")
                .shows(Capability.REASONING)
                .expectReasoning("The user greets.")
                .expectText("Good day, 世界!")
                .expectFinish("stop")
                .expectUsage(8, 9));
        all.add(chat(
                        "whole",
                        "glm-4.7",
                        false,
                        "\"Hi\"",
                        ",\"response_format\":{\"type\":\"json_object\"}",
                        "text.json")
                .shows(Capability.JSON_OUTPUT)
                .expectText("Good day")
                .expectFinish("length")
                .expectUsage(8, 3));
        all.add(chat("tools", "glm-4.7", true, "\"Weather and time?\"", TOOLS, "tools.sse")
                .shows(Capability.TOOLS, Capability.PARALLEL_TOOLS)
                .expectCalls("get_weather", "{\"city\":\"Oslo\"}", "get_time", "{}")
                .expectFinish("tool_calls"));
        all.add(chat("sensitive", "glm-4.7", true, "\"Hi\"", "", "sensitive.sse")
                .expectText("Well")
                .expectFinish("content_filter"));
        all.add(chat("a picture", "glm-4.6v", true, PICTURE, "", "text.sse").shows(Capability.VISION));
        all.add(chat("searched", "glm-4.7", false, "\"Rain?\"", ",\"web_search_options\":{}", "searched.json")
                .shows(Capability.WEB_SEARCH)
                .expectText("It rains."));
        all.add(Fixture.chat("broken at the vendor's network", body("glm-4.7", true, "\"Hi\"", ""))
                .replies(Reply.sse(
                        "{\"id\":\"1\",\"choices\":[{\"index\":0,\"finish_reason\":\"network_error\",\"delta\":{}}]}"))
                .expectFault(FaultKind.UPSTREAM));
        all.add(refused(401, "1002", FaultKind.KEY_DEAD));
        all.add(refused(429, "1113", FaultKind.QUOTA));
        all.add(refused(429, "1302", FaultKind.RATE));
        all.add(refused(429, "1305", FaultKind.RETRY));
        all.add(refused(400, "1214", FaultKind.BAD_REQUEST));
        all.add(refused(400, "1211", FaultKind.NO_ACCESS));
        all.add(refused(400, "1261", FaultKind.TOO_LONG));
        all.add(refused(400, "1301", FaultKind.CONTENT));
        all.add(refused(429, "1308", FaultKind.QUOTA));
        all.add(refused(500, "1234", FaultKind.UPSTREAM));
        all.add(Fixture.chat("an error inside the stream", body("glm-4.7", true, "\"Hi\"", ""))
                .replies(Reply.sse("{\"error\":{\"code\":\"1301\",\"message\":\"sensitive\"},\"contentFilter\":"
                        + "[{\"role\":\"user\",\"level\":1}]}"))
                .expectFault(FaultKind.CONTENT));
        all.add(Fixture.of(
                        "a drawing",
                        (type, channel) ->
                                type.images(TestCalls.image("{\"model\":\"cogview-4\",\"prompt\":\"a cat\"}"), channel))
                .transcript(ZhipuConformanceTest.class, "picture.json")
                .shows(Capability.IMAGES));
        all.add(Fixture.of(
                        "vectors",
                        (type, channel) -> type.embed(
                                TestCalls.embedding("{\"model\":\"embedding-3\",\"input\":[\"a\",\"b\"]}"), channel))
                .transcript(ZhipuConformanceTest.class, "vectors.json")
                .shows(Capability.EMBEDDINGS));
        return all;
    }

    private static Fixture chat(
            String name, String model, boolean stream, String content, String more, String transcript) {
        return Fixture.chat(name, body(model, stream, content, more))
                .transcript(ZhipuConformanceTest.class, transcript);
    }

    private static Fixture refused(int status, String code, FaultKind kind) {
        return Fixture.chat("error " + code, body("glm-4.7", true, "\"Hi\"", ""))
                .replies(Reply.json(status, "{\"error\":{\"code\":\"" + code + "\",\"message\":\"made by the test\"}}"))
                .expectFault(kind);
    }

    private static String body(String model, boolean stream, String content, String more) {
        return "{\"model\":\"" + model + "\",\"stream\":" + stream + ",\"messages\":[{\"role\":\"user\",\"content\":"
                + content + "}]" + more + "}";
    }
}
