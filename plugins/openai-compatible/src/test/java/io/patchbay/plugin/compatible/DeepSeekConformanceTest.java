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

/** A vendor that wants earlier reasoning back. */
final class DeepSeekConformanceTest extends VendorConformance {
    private static final String MODEL = "deepseek-v4-flash";

    DeepSeekConformanceTest() {
        super("deepseek");
    }

    @Override
    protected Set<Capability> claimed() {
        return Set.of(
                Capability.CHAT,
                Capability.TOOLS,
                Capability.PARALLEL_TOOLS,
                Capability.REASONING,
                Capability.JSON_OUTPUT,
                Capability.MODEL_LIST,
                Capability.BALANCE);
    }

    @Override
    protected List<Fixture> fixtures() {
        List<Fixture> all = new ArrayList<>();
        all.add(golden("golden", chat(MODEL, true, ",\"reasoning_effort\":\"medium\""), "deepseek.sse")
                .shows(Capability.REASONING)
                .expectReasoning("Simple.")
                .expectText("Hi 世界")
                .expectFinish("stop")
                .expectUsage(18, 9)
                .expect(run -> sent(run, Map.of("reasoning_effort", "\"high\""))));
        all.add(golden("golden whole", chat(MODEL, false, ",\"thinking\":{\"type\":\"disabled\"}"), "deepseek.json")
                .expectText("Hi")
                .expectUsage(8, 5)
                .expect(run -> sent(run, Map.of("thinking", "{\"type\":\"disabled\"}"))));
        all.add(golden("golden tools", chat(MODEL, true, TOOLS), "tools.sse")
                .shows(Capability.TOOLS, Capability.PARALLEL_TOOLS)
                .expectCalls("get_weather", "{\"city\":\"Oslo\"}", "get_time", "{}")
                .expectFinish("tool_calls"));
        all.add(golden("tool results with forgotten reasoning", TOOL_TURN, "deepseek.sse")
                .expectText("Hi 世界")
                .expect(run -> {
                    String sent = run.sent()
                            .getFirst()
                            .json()
                            .at("messages", 1, "reasoning_content")
                            .toJson();
                    if (!sent.equals("\"\"")) {
                        throw new AssertionError("expected an empty reasoning_content, found " + sent);
                    }
                }));
        all.add(Fixture.chat("no balance", chat(MODEL, true, ""))
                .replies(Reply.json(
                        402, "{\"error\":{\"message\":\"Insufficient Balance\",\"code\":\"invalid_request_error\"}}"))
                .expectFault(FaultKind.QUOTA));
        all.add(Fixture.chat("engine short", chat(MODEL, true, ""))
                .replies(Reply.sse("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\"},"
                        + "\"finish_reason\":\"insufficient_system_resource\"}]}"))
                .expectFault(FaultKind.RETRY));
        all.add(balance("a balance in two currencies", "balance.json")
                .expect(run ->
                        told(run, "CNY 110.00; CNY 10.00 granted; CNY 100.00 topped up; USD 2.50; USD 0 granted")));
        all.add(balance("a balance of an account in debt", "balance.json")
                .replies(Reply.json("{\"is_available\":false,\"balance_infos\":[{\"currency\":\"CNY\","
                        + "\"total_balance\":\"-0.25\"}]}"))
                .expect(run -> told(run, "CNY -0.25")));
        all.add(Fixture.of("a dead key asks for its balance", (type, channel) -> type.balance(channel))
                .replies(Reply.json(
                        401,
                        "{\"error\":{\"message\":\"Authentication Fails\",\"type\":\"authentication_error\","
                                + "\"code\":\"invalid_request_error\"}}"))
                .expectFault(FaultKind.KEY_DEAD));
        OpenAiFixtures.of(MODEL, Set.of(Capability.MODEL_LIST)).forEach(all::add);
        all.add(Fixture.chat("an object", chat(MODEL, false, ",\"response_format\":{\"type\":\"json_object\"}"))
                .replies(
                        Reply.json("{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"{}\"},"
                                + "\"finish_reason\":\"stop\"}]}"))
                .shows(Capability.JSON_OUTPUT)
                .expectText("{}"));
        return all;
    }

    private static final String TOOL_TURN = "{\"model\":\"" + MODEL + "\",\"stream\":true,\"messages\":["
            + "{\"role\":\"user\",\"content\":\"Weather?\"},{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":["
            + "{\"id\":\"call_a\",\"type\":\"function\",\"function\":{\"name\":\"get_weather\",\"arguments\":\"{}\"}}]},"
            + "{\"role\":\"tool\",\"tool_call_id\":\"call_a\",\"content\":\"rain\"}]" + TOOLS + "}";
}
