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

/** A vendor whose usage stands in a member of its own. */
final class GroqConformanceTest extends VendorConformance {
    private static final String MODEL = "openai/gpt-oss-120b";
    private static final String PICTURE = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUg==";

    GroqConformanceTest() {
        super("groq");
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
                Capability.MODEL_LIST);
    }

    @Override
    protected List<Fixture> fixtures() {
        List<Fixture> all = new ArrayList<>();
        all.add(golden("golden", chat(MODEL, true, ",\"reasoning_effort\":\"xhigh\""), "groq.sse")
                .shows(Capability.REASONING)
                .expectReasoning("Easy.")
                .expectText("Hi 世界")
                .expectFinish("stop")
                .expectUsage(17, 9)
                .expect(run -> sent(run, Map.of("reasoning_effort", "\"high\""))));
        all.add(golden("golden tools", chat(MODEL, true, TOOLS), "tools.sse")
                .shows(Capability.TOOLS, Capability.PARALLEL_TOOLS)
                .expectCalls("get_weather", "{\"city\":\"Oslo\"}", "get_time", "{}"));
        all.add(golden("other model", chat("qwen/qwen3-32b", true, ",\"reasoning_effort\":\"low\""), "groq.sse")
                .expectText("Hi 世界")
                .expect(run -> sent(run, Map.of("reasoning_effort", "\"default\"", "reasoning_format", "\"parsed\""))));
        all.add(golden(
                        "a picture",
                        "{\"model\":\"meta-llama/llama-4-scout-17b-16e-instruct\",\"stream\":true,\"messages\":[{\"role\":"
                                + "\"user\",\"content\":[{\"type\":\"text\",\"text\":\"What?\"},{\"type\":\"image_url\","
                                + "\"image_url\":{\"url\":\"" + PICTURE + "\"}}]}]}",
                        "groq.sse")
                .shows(Capability.VISION)
                .expectText("Hi 世界"));
        all.add(Fixture.chat("an object", chat(MODEL, false, ",\"response_format\":{\"type\":\"json_object\"}"))
                .replies(
                        Reply.json(
                                "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"{}\"},"
                                        + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":4,\"completion_tokens\":1}}"))
                .shows(Capability.JSON_OUTPUT)
                .expectUsage(4, 1)
                .expectText("{}"));
        all.add(Fixture.chat("error inside", chat(MODEL, true, ""))
                .replies(Reply.sse(
                        "{\"x_groq\":{\"error\":{\"message\":\"over capacity\",\"code\":\"rate_limit_exceeded\"}},"
                                + "\"choices\":[]}"))
                .expectFault(FaultKind.RATE));
        all.add(Fixture.chat("flex", chat(MODEL, true, ""))
                .replies(Reply.json(498, "{\"error\":{\"message\":\"flex capacity exceeded\"}}"))
                .expectFault(FaultKind.RETRY));
        all.add(Fixture.chat("gone", chat(MODEL, true, ""))
                .replies(Reply.json(400, "{\"error\":{\"message\":\"gone\",\"code\":\"model_decommissioned\"}}"))
                .expectFault(FaultKind.NO_ACCESS));
        OpenAiFixtures.of(MODEL, Set.of(Capability.MODEL_LIST)).forEach(all::add);
        return all;
    }
}
