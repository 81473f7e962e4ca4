package io.patchbay.plugin.compatible;

import io.patchbay.spi.Capability;
import io.patchbay.spi.FaultKind;
import io.patchbay.testkit.conformance.Fixture;
import io.patchbay.testkit.conformance.OpenAiFixtures;
import io.patchbay.testkit.host.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A vendor with rules for roles and ids, names of its own, and content in parts. */
final class MistralConformanceTest extends VendorConformance {
    private static final String MODEL = "mistral-large-latest";
    private static final String PICTURE = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUg==";

    MistralConformanceTest() {
        super("mistral");
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
                Capability.MODEL_LIST);
    }

    @Override
    protected List<Fixture> fixtures() {
        List<Fixture> all = new ArrayList<>();
        all.add(golden(
                        "golden",
                        chat("magistral-medium-latest", true, ",\"seed\":7,\"max_completion_tokens\":50"),
                        "mistral.sse")
                .shows(Capability.REASONING)
                .expectReasoning("Easy.")
                .expectText("4 世界")
                .expectFinish("length")
                .expectUsage(10, 46)
                .expect(run -> sent(
                        run,
                        Map.of("random_seed", "7", "seed", "null", "max_tokens", "50", "stream_options", "null"))));
        all.add(golden("golden tools", chat(MODEL, true, TOOLS + ",\"tool_choice\":\"required\""), "tools.sse")
                .shows(Capability.TOOLS, Capability.PARALLEL_TOOLS)
                .expectCalls("get_weather", "{\"city\":\"Oslo\"}", "get_time", "{}")
                .expect(run -> sent(run, Map.of("tool_choice", "\"any\""))));
        all.add(golden("roles and ids", TOOL_TURN, "mistral.sse")
                .expectText("4 世界")
                .expect(run -> {
                    String sent = run.sent().getFirst().json().get("messages").toJson();
                    if (!sent.matches(WANTED)) {
                        throw new AssertionError("expected " + WANTED + ", found " + sent);
                    }
                }));
        all.add(golden(
                        "a picture",
                        "{\"model\":\"pixtral-large-latest\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":"
                                + "\"text\",\"text\":\"What?\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\""
                                + PICTURE
                                + "\"}}]}]}",
                        "mistral.sse")
                .shows(Capability.VISION)
                .expectText("4 世界"));
        all.add(Fixture.chat(
                        "two whole answers",
                        chat(MODEL, false, ",\"n\":2,\"response_format\":{\"type\":\"json_object\"}"))
                .replies(
                        Reply.json(
                                "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"{}\"},"
                                        + "\"finish_reason\":\"stop\"},{\"index\":1,\"message\":{\"role\":\"assistant\",\"content\":\"[]\"},"
                                        + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":4,\"completion_tokens\":2}}"))
                .shows(Capability.SEVERAL_CHOICES, Capability.JSON_OUTPUT)
                .expectUsage(4, 2)
                .expectText("{}"));
        all.add(Fixture.chat("full", chat(MODEL, true, ""))
                .replies(Reply.json(
                        429,
                        "{\"object\":\"error\",\"message\":\"Service tier capacity exceeded for this model.\",\"type\":"
                                + "\"service_tier_capacity_exceeded\",\"param\":null,\"code\":\"3505\"}"))
                .expectFault(FaultKind.RETRY));
        all.add(Fixture.chat("no such field", chat(MODEL, true, ""))
                .replies(Reply.json(
                        422,
                        "{\"object\":\"error\",\"message\":{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"x\"],"
                                + "\"msg\":\"Extra inputs are not permitted\"}]},\"type\":\"invalid_request_error\"}"))
                .expectFault(FaultKind.BAD_REQUEST));
        OpenAiFixtures.of(MODEL, Set.of(Capability.MODEL_LIST, Capability.EMBEDDINGS))
                .forEach(all::add);
        return all;
    }

    private static final String TOOL_TURN = "{\"model\":\"" + MODEL + "\",\"stream\":true,\"messages\":["
            + "{\"role\":\"user\",\"content\":\"Weather?\"},{\"role\":\"developer\",\"content\":\"Be brief.\"},"
            + "{\"role\":\"assistant\",\"content\":\"\",\"reasoning_content\":\"Hm\",\"tool_calls\":[{\"id\":\"call_function_a\","
            + "\"type\":\"function\",\"function\":{\"name\":\"get_weather\",\"arguments\":\"{}\"}}]},"
            + "{\"role\":\"tool\",\"tool_call_id\":\"call_function_a\",\"content\":\"rain\"}]" + TOOLS + "}";
    private static final String WANTED = "\\[\\{\"role\":\"system\",\"content\":\"Be brief\\.\"},"
            + "\\{\"role\":\"user\",\"content\":\"Weather\\?\"},\\{\"role\":\"assistant\",\"content\":(?:\"\"|null),"
            + "\"tool_calls\":\\[\\{\"id\":\"(\\w{9})\",\"type\":\"function\",\"function\":\\{\"name\":\"get_weather\","
            + "\"arguments\":\"\\{}\"}}]},\\{\"role\":\"tool\",(?=.*\"content\":\"rain\").*\"tool_call_id\":\"\\1\".*}]";
}
