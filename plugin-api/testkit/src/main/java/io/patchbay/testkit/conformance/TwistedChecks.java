package io.patchbay.testkit.conformance;

import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonException;
import io.patchbay.spi.json.JsonNull;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.host.Cut;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.upstream.SocketMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * That an answer of the vendor's own shape in which one value is of another type, or missing, becomes a fault or events,
 * never an exception. Unlike random bytes this reaches every place where a reader expects something.
 */
final class TwistedChecks {
    /** So many values of one answer are twisted at most. */
    private static final int MOST = 200;

    private static final List<JsonValue> OTHERS = List.of(
            JsonNull.NULL,
            JsonValue.of(true),
            JsonValue.of(-1),
            JsonValue.of(""),
            JsonValue.of("x"),
            JsonArray.EMPTY,
            Json.parse("[null,7,{}]"),
            JsonObject.EMPTY);

    private final Subject subject;
    private final Fixture fixture;

    private TwistedChecks(Subject subject, Fixture fixture) {
        this.subject = subject;
        this.fixture = fixture;
    }

    static List<Check> of(Subject subject) {
        List<Check> checks = new ArrayList<>();
        for (Fixture fixture : subject.fixtures()) {
            TwistedChecks all = new TwistedChecks(subject, fixture);
            checks.add(new Check(
                    "hostile, fixture " + fixture.name(), "values of another type and missing ones", all::twisted));
        }
        return checks;
    }

    private void twisted() {
        Play play = new Play(subject, fixture);
        int exchanges = play.recorded().sent().size();
        if (exchanges == 0) {
            return;
        }
        List<Reply> recorded = play.given();
        play.withoutTap();
        for (int at = 0; at < exchanges; at++) {
            for (Map.Entry<String, Reply> twist : twists(recorded.get(at)).entrySet()) {
                int twistedAt = at;
                int[] answered = {0};
                FlowRun<Object> run =
                        play.run(Cut.whole(), reply -> answered[0]++ == twistedAt ? twist.getValue() : reply);
                if (run.thrown() != null || !run.mistakes().isEmpty()) {
                    throw new AssertionError(
                            "answer " + (at + 1) + ", " + twist.getKey() + ": rules were broken: " + run.mistakes(),
                            run.thrown());
                }
            }
        }
    }

    /** Returns changed answers by what was changed. */
    private static Map<String, Reply> twists(Reply reply) {
        Map<String, Reply> twists = new LinkedHashMap<>();
        if (reply.isSocket()) {
            List<SocketMessage> messages = reply.messages();
            for (int i = 0; i < messages.size(); i++) {
                int place = i;
                variants(messages.get(i).text()).forEach((what, text) -> {
                    List<SocketMessage> changed = new ArrayList<>(messages);
                    changed.set(place, SocketMessage.text(text));
                    twists.put("message " + (place + 1) + ", " + what, reply.messages(changed));
                });
            }
            return twists;
        }
        String body = new String(reply.body(), StandardCharsets.UTF_8);
        String[] lines =
                reply.isEvents() || body.strip().contains("\n") ? body.split("(?<=\n)", -1) : new String[] {body};
        for (int i = 0; i < lines.length; i++) {
            int begin = lines[i].startsWith("data:") ? "data:".length() : 0;
            int place = i;
            String head = lines[i].substring(0, begin);
            String tail = lines[i].endsWith("\n") ? "\n" : "";
            variants(lines[i].substring(begin)).forEach((what, text) -> {
                String[] changed = lines.clone();
                changed[place] = head + text + tail;
                twists.put(
                        "line " + (place + 1) + ", " + what,
                        reply.body(String.join("", changed).getBytes(StandardCharsets.UTF_8)));
            });
        }
        return twists;
    }

    /** Returns changed texts of a JSON text by what was changed; none for anything else. */
    private static Map<String, String> variants(String text) {
        Map<String, String> variants = new LinkedHashMap<>();
        JsonValue value;
        try {
            value = Json.parse(text.strip());
        } catch (JsonException e) {
            return variants;
        }
        List<List<Object>> paths = new ArrayList<>();
        paths(value, new ArrayList<>(), paths);
        for (List<Object> path : paths.subList(0, Math.min(MOST, paths.size()))) {
            for (JsonValue other : OTHERS) {
                variants.put(
                        path + " = " + other.toJson(),
                        with(value, path, 0, other).toJson());
            }
            variants.put(path + " is missing", with(value, path, 0, null).toJson());
        }
        return variants;
    }

    private static void paths(JsonValue value, List<Object> here, List<List<Object>> into) {
        if (value instanceof JsonObject object) {
            object.members().forEach((name, member) -> step(member, name, here, into));
        } else if (value instanceof JsonArray array) {
            for (int i = 0; i < array.elements().size(); i++) {
                step(array.elements().get(i), i, here, into);
            }
        }
    }

    private static void step(JsonValue child, Object step, List<Object> here, List<List<Object>> into) {
        List<Object> path = new ArrayList<>(here);
        path.add(step);
        into.add(path);
        paths(child, path, into);
    }

    /** Returns the value with what stands at the path replaced, or left out when there is nothing in its place. */
    private static JsonValue with(JsonValue value, List<Object> path, int depth, @Nullable JsonValue other) {
        boolean last = depth == path.size() - 1;
        if (value instanceof JsonObject object) {
            String name = (String) path.get(depth);
            JsonObject.Builder changed = object.toBuilder();
            JsonValue child = object.get(name);
            if (last && other == null) {
                return changed.remove(name).build();
            }
            return changed.put(
                            name,
                            last && other != null
                                    ? other
                                    : with(child == null ? JsonNull.NULL : child, path, depth + 1, other))
                    .build();
        }
        List<JsonValue> changed = new ArrayList<>(value.elements());
        int index = (Integer) path.get(depth);
        if (last && other == null) {
            changed.remove(index);
        } else {
            changed.set(index, last && other != null ? other : with(changed.get(index), path, depth + 1, other));
        }
        return new JsonArray(changed);
    }
}
