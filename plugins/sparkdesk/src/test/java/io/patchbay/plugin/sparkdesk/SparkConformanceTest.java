package io.patchbay.plugin.sparkdesk;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.json.Json;
import io.patchbay.testkit.conformance.ChannelTypeConformance;
import io.patchbay.testkit.conformance.Fixture;
import io.patchbay.testkit.host.Reply;
import java.util.List;
import java.util.Set;

final class SparkConformanceTest extends ChannelTypeConformance {
    private static final String HELLO =
            "{\"model\":\"spark-desk-4.0-ultra\",\"stream\":true,\"max_tokens\":50,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
    private static final String TOOLS = ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\","
            + "\"description\":\"Weather\",\"parameters\":{\"type\":\"object\"}}}]";

    @Override
    protected ChannelType type() {
        return new SparkChannelType();
    }

    @Override
    protected Set<Capability> claimed() {
        return Set.of(
                Capability.CHAT, Capability.TOOLS, Capability.VISION, Capability.REASONING, Capability.WEB_SEARCH);
    }

    private static String frame(int status, String text, String more) {
        return "{\"header\":{\"code\":0,\"message\":\"Success\",\"sid\":\"cht1\",\"status\":" + status
                + "},\"payload\":{\"choices\":{\"status\":" + status + ",\"seq\":0,\"text\":[" + text + "]}" + more
                + "}}";
    }

    private static String words(int status, String content) {
        return frame(status, "{\"role\":\"assistant\",\"content\":\"" + content + "\",\"index\":0}", "");
    }

    private static String last(String content) {
        return frame(
                2,
                "{\"role\":\"assistant\",\"content\":\"" + content + "\",\"index\":0}",
                ",\"usage\":{\"text\":{\"question_tokens\":1,\"prompt_tokens\":9,\"completion_tokens\":4,\"total_tokens\":13}}");
    }

    private static String error(int code, String message) {
        return "{\"header\":{\"code\":" + code + ",\"message\":\"" + message + "\",\"sid\":\"cht2\",\"status\":2}}";
    }

    @Override
    protected List<Fixture> fixtures() {
        return List.of(
                Fixture.chat("hello", HELLO)
                        .replies(Reply.socket(words(0, "Good "), words(1, "day, "), last("世界!")))
                        .expectText("Good day, 世界!")
                        .expectFinish("stop")
                        .expectUsage(9, 4),
                Fixture.chat("hello, whole, in one message", HELLO.replace("true", "false"))
                        .replies(Reply.socket(last("Good day, 世界!")))
                        .expectText("Good day, 世界!")
                        .expectUsage(9, 4),
                Fixture.chat("a function", HELLO.replace("}]}", "}]" + TOOLS + "}"))
                        .replies(Reply.socket(frame(
                                2,
                                "{\"role\":\"assistant\",\"content\":\"\",\"index\":0,\"function_call\":{\"name\":\"get_weather\","
                                        + "\"arguments\":\"{\\\"city\\\":\\\"Oslo\\\"}\"}}",
                                "")))
                        .shows(Capability.TOOLS)
                        .expectCalls("get_weather", "{\"city\":\"Oslo\"}")
                        .expectFinish("tool_calls"),
                Fixture.chat(
                                "a picture",
                                "{\"model\":\"spark-desk-max\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\","
                                        + "\"text\":\"What?\"},{\"type\":\"image_url\",\"image_url\":{\"url\":"
                                        + "\"data:image/png;base64,iVBORw0KGgo=\"}}]}]}")
                        .replies(Reply.socket(last("A dot.")))
                        .shows(Capability.VISION)
                        .expectText("A dot."),
                Fixture.chat("a thought", HELLO.replace("spark-desk-4.0-ultra", "spark-x"))
                        .replies(Reply.socket(
                                frame(0, "{\"reasoning_content\":\"Let me see.\",\"content\":\"\",\"index\":0}", ""),
                                last("4")))
                        .shows(Capability.REASONING)
                        .expectReasoning("Let me see.")
                        .expectText("4"),
                Fixture.chat("a search", HELLO.replace("\"max_tokens\":50", "\"web_search_options\":{}"))
                        .replies(Reply.socket(
                                frame(
                                        0,
                                        "{\"role\":\"assistant\",\"content\":\"It rains[1]\",\"index\":0}",
                                        ",\"plugins\":{\"text\":[{\"name\":\"ifly_search\",\"role\":\"tool\",\"content\":"
                                                + "\"[{\\\"index\\\":1,\\\"url\\\":\\\"https://a.example/\\\",\\\"title\\\":\\\"A\\\"}]\"}]}"),
                                last(".")))
                        .shows(Capability.WEB_SEARCH)
                        .expectText("It rains[1].")
                        .expect(run -> {
                            assertThat(Json.parse(run.said().getFirst())
                                            .at("parameter", "chat", "tools", 0, "type")
                                            .string())
                                    .isEqualTo("web_search");
                            assertThat(run.events().toString()).contains("https://a.example/");
                        }),
                Fixture.chat("stopped by the review", HELLO)
                        .replies(Reply.socket(words(0, "Good "), error(10019, "conversation tends to be unsafe")))
                        .expectText("Good ")
                        .expectFinish("content_filter"),
                fault(10013, FaultKind.CONTENT),
                fault(10014, FaultKind.CONTENT),
                fault(11202, FaultKind.RATE),
                fault(11201, FaultKind.QUOTA),
                fault(10015, FaultKind.KEY_DEAD),
                fault(11200, FaultKind.NO_ACCESS),
                fault(10907, FaultKind.TOO_LONG),
                fault(10163, FaultKind.BAD_REQUEST),
                fault(10012, FaultKind.UPSTREAM));
    }

    private static Fixture fault(int code, FaultKind kind) {
        return Fixture.chat("code " + code, HELLO)
                .replies(Reply.socket(error(code, "refused")))
                .expectFault(kind);
    }
}
