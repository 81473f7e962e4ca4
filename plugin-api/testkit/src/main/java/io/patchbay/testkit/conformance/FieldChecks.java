package io.patchbay.testkit.conformance;

import io.patchbay.spi.Capability;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonString;
import io.patchbay.testkit.host.Cut;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.SentRequest;
import io.patchbay.testkit.host.TestChatCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * That no field of a chat request is lost in silence: each one, sent by itself, changes what the upstream gets, or is
 * reported, or is refused before anything is sent. What a chat reports must be announced by the descriptor; a task may
 * lose more, because it takes little beside its prompt.
 */
final class FieldChecks {
    private static final String TOOL = "{\"type\":\"function\",\"function\":{\"name\":\"get_weather\","
            + "\"description\":\"Tells the weather.\",\"parameters\":{\"type\":\"object\",\"properties\":{\"city\":"
            + "{\"type\":\"string\"}},\"required\":[\"city\"]}}}";
    private static final String PICTURE = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUg==";

    private final Subject subject;
    private final Fixture fixture;
    private final JsonObject plain;

    private FieldChecks(Subject subject, Fixture fixture, String body) {
        this.subject = subject;
        this.fixture = fixture;
        JsonObject recorded = Json.parse(body).asObject();
        JsonObject.Builder plain = JsonObject.builder()
                .put("model", recorded.string("model", subject.model()))
                .put("stream", recorded.flag("stream", false));
        this.plain = plain.put("messages", Json.parse("[{\"role\":\"user\",\"content\":\"Hi\"}]"))
                .build();
    }

    static List<Check> of(Subject subject) {
        List<Check> checks = new ArrayList<>();
        if (subject.claimed().contains(Capability.CHAT)) {
            checks.addAll(of(subject, "fields", Fixture::chatBody));
        }
        if (subject.claimed().contains(Capability.TASKS)) {
            checks.addAll(of(subject, "fields of tasks", Fixture::taskBody));
        }
        return checks;
    }

    /** The first fixture of a kind is enough. */
    private static List<Check> of(Subject subject, String group, Function<Fixture, @Nullable String> kind) {
        List<Check> checks = new ArrayList<>();
        for (Fixture fixture : subject.fixtures()) {
            String body = kind.apply(fixture);
            if (body != null && !fixture.fails()) {
                FieldChecks all = new FieldChecks(subject, fixture, body);
                changes()
                        .forEach((field, members) -> checks.add(new Check(
                                group,
                                field + " arrives, is reported or is refused",
                                () -> all.arrives(field, members))));
                return checks;
            }
        }
        return checks;
    }

    /** Returns the members to set, by the field they stand for. */
    private static Map<String, String> changes() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("temperature", "{\"temperature\":0.31}");
        all.put("top_p", "{\"top_p\":0.53}");
        all.put("top_k", "{\"top_k\":3}");
        all.put("max_tokens", "{\"max_tokens\":1777}");
        all.put("max_completion_tokens", "{\"max_completion_tokens\":1777}");
        all.put("stop", "{\"stop\":[\"END\"]}");
        all.put("seed", "{\"seed\":4711}");
        all.put("n", "{\"n\":2}");
        all.put("presence_penalty", "{\"presence_penalty\":0.51}");
        all.put("frequency_penalty", "{\"frequency_penalty\":0.52}");
        all.put("repetition_penalty", "{\"repetition_penalty\":1.1}");
        all.put("logit_bias", "{\"logit_bias\":{\"50256\":-100}}");
        all.put("logprobs", "{\"logprobs\":true}");
        all.put("top_logprobs", "{\"logprobs\":true,\"top_logprobs\":2}");
        all.put("user", "{\"user\":\"end-user-17\"}");
        all.put("metadata", "{\"metadata\":{\"order\":\"17\"}}");
        all.put("service_tier", "{\"service_tier\":\"flex\"}");
        all.put("response_format", "{\"response_format\":{\"type\":\"json_object\"}}");
        all.put("reasoning_effort", "{\"reasoning_effort\":\"high\"}");
        all.put("tools", "{\"tools\":[" + TOOL + "]}");
        all.put("tool_choice", "{\"tools\":[" + TOOL + "],\"tool_choice\":\"required\"}");
        all.put("parallel_tool_calls", "{\"tools\":[" + TOOL + "],\"parallel_tool_calls\":false}");
        all.put(
                "messages.system",
                "{\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},{\"role\":\"user\",\"content\":\"Hi\"}]}");
        all.put(
                "messages.image_url",
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Hi\"},"
                        + "{\"type\":\"image_url\",\"image_url\":{\"url\":" + new JsonString(PICTURE).toJson()
                        + "}}]}]}");
        all.put(
                "messages.tool",
                "{\"tools\":[" + TOOL + "],\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},"
                        + "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"call_1\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"get_weather\",\"arguments\":\"{}\"}}]},"
                        + "{\"role\":\"tool\",\"tool_call_id\":\"call_1\",\"content\":\"17 degrees\"}]}");
        all.put("a_field_nobody_knows", "{\"a_field_nobody_knows\":{\"deep\":17}}");
        return all;
    }

    private boolean isTask() {
        return fixture.taskBody() != null;
    }

    private FlowRun<Object> run(JsonObject body) {
        Fixture asked = fixture.opening((type, channel) -> isTask()
                ? TaskChecks.submit(type, channel, body.toJson())
                : type.chat(TestChatCall.of(body.toJson()), channel));
        return new Play(subject, asked).run(Cut.whole(), UnaryOperator.identity());
    }

    private void arrives(String field, String members) {
        JsonObject changed =
                plain.toBuilder().putAll(Json.parse(members).asObject()).build();
        // What a field is set beside (tools beside tool_choice) is no difference of its own.
        JsonObject without = field.startsWith("messages.")
                ? changed.toBuilder()
                        .putIfPresent("messages", plain.get("messages"))
                        .build()
                : changed.toBuilder().remove(field).build();
        FlowRun<Object> base = run(without);
        FlowRun<Object> run = run(changed);
        Expect.that(run.mistakes().isEmpty(), "rules were broken: " + run.mistakes());
        Fault fault = run.fault();
        if (run.sent().isEmpty() && fault != null) {
            Expect.that(
                    fault.kind() == FaultKind.BAD_REQUEST || fault.kind() == FaultKind.UNSUPPORTED,
                    "it was refused with " + fault + " instead of BAD_REQUEST or UNSUPPORTED");
            return;
        }
        if (run.sent().isEmpty()) {
            // A type that makes its answers up has no upstream that anything could reach.
            return;
        }
        Set<String> told = run.dropped();
        if (told.contains(field)) {
            Set<String> announced = new TreeSet<>(subject.type().descriptor().unmapped());
            Expect.that(
                    isTask() || field.startsWith("a_field_nobody") || announced.contains(field),
                    "it is reported as dropped, but descriptor().unmapped() does not announce it");
            return;
        }
        Expect.that(
                !text(base).equals(text(run)),
                "it neither reaches the upstream nor is it reported by turn.dropped(); reported was " + told);
    }

    private static String text(FlowRun<Object> run) {
        StringBuilder all = new StringBuilder();
        for (SentRequest request : run.sent()) {
            all.append(request.method()).append(' ').append(request.url()).append('\n');
            all.append(request.text()).append('\n');
        }
        run.said().forEach(message -> all.append(message).append('\n'));
        return all.toString();
    }
}
