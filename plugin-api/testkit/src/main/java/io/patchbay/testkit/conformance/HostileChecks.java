package io.patchbay.testkit.conformance;

import io.patchbay.testkit.host.Cut;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestChatCall;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/** That nonsense becomes faults or events, never an exception. */
final class HostileChecks {
    private static final int HUGE = 5 * 1024 * 1024;
    private static final int MUTATIONS = 400;

    private final Subject subject;
    private final Fixture fixture;
    private final boolean huge;

    private HostileChecks(Subject subject, Fixture fixture, boolean huge) {
        this.subject = subject;
        this.fixture = fixture;
        this.huge = huge;
    }

    static List<Check> of(Subject subject) {
        List<Check> checks = new ArrayList<>();
        Set<String> kinds = new HashSet<>();
        for (Fixture fixture : subject.fixtures()) {
            if (fixture.fails()) {
                continue;
            }
            // Huge answers take long, so one fixture of a kind is fed with them.
            String body = fixture.chatBody();
            String kind = fixture.isChat()
                    ? "chat " + (body != null && isStream(body))
                    : fixture.shows().toString();
            HostileChecks all = new HostileChecks(subject, fixture, kinds.add(kind));
            String group = "hostile, fixture " + fixture.name();
            checks.add(new Check(group, "nonsense in place of an answer", all::inPlace));
            checks.add(new Check(group, "nonsense inside a stream", all::inside));
            checks.add(new Check(group, "bytes changed at random", all::mutated));
        }
        return checks;
    }

    private static boolean isStream(String body) {
        return TestChatCall.of(body).stream();
    }

    /** Returns payloads nobody should send, by what is wrong with them. */
    private Map<String, byte[]> nonsense() {
        Map<String, byte[]> all = new LinkedHashMap<>();
        for (String json : new String[] {
            "null",
            "true",
            "7",
            "\"text\"",
            "[]",
            "[[]]",
            "{}",
            "{",
            "}",
            "{\"a\":",
            "NaN",
            "{'a':1}",
            "[DONE",
            "{\"choices\":null}",
            "{\"choices\":{}}",
            "{\"choices\":\"x\"}",
            "{\"choices\":[null]}",
            "{\"choices\":[7]}",
            "{\"choices\":[{}]}",
            "{\"choices\":[{\"delta\":7,\"message\":7}]}",
            "{\"choices\":[{\"index\":\"x\",\"delta\":{\"content\":7}}]}",
            "{\"choices\":[{\"index\":-1,\"delta\":{\"content\":\"a\"}}]}",
            "{\"choices\":[{\"index\":999999999999,\"delta\":{\"content\":\"a\"}}]}",
            "{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":7}}]}",
            "{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[7,null,{}]}}]}",
            "{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":1e9,\"function\":7}]}}]}",
            "{\"choices\":[{\"index\":0,\"finish_reason\":7,\"delta\":{}}]}",
            "{\"choices\":[],\"usage\":\"many\"}",
            "{\"choices\":[],\"usage\":{\"prompt_tokens\":-5}}",
            "{\"choices\":[],\"usage\":{\"prompt_tokens\":1e999999,\"completion_tokens\":99999999999999999999}}",
            "{\"error\":null}",
            "{\"error\":7}",
            "{\"error\":[]}",
            "{\"error\":{}}",
            "{\"error\":\"words\"}",
            "{\"error\":{\"message\":7,\"code\":{}}}",
            "{\"id\":7,\"model\":[],\"choices\":[]}",
            "{\"data\":7}",
            "{\"data\":[7,null,{}]}",
            "{\"data\":{\"a\":1}}",
            "{\"data\":null}",
            "{\"data\":[{\"embedding\":\"!\",\"b64_json\":7,\"id\":7}]}",
            "{\"text\":7,\"results\":7}",
            "{\"results\":[7,null]}",
            "{\"a\":\"\\ud800\"}",
            "{\"a\":\"\\u12\"}"
        }) {
            all.put(json, json.getBytes(StandardCharsets.UTF_8));
        }
        all.put("100,000 open brackets", "[".repeat(100_000).getBytes(StandardCharsets.UTF_8));
        all.put("100,000 open objects", "{\"a\":".repeat(100_000).getBytes(StandardCharsets.UTF_8));
        all.put(
                "invalid UTF-8",
                new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xC3, (byte) 0x28, (byte) 0xFF, '"', '}'});
        all.put("zero bytes", new byte[64]);
        if (!huge) {
            return all;
        }
        all.put("5 MB of letters", "x".repeat(HUGE).getBytes(StandardCharsets.UTF_8));
        all.put(
                "a 5 MB string",
                ("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + "x".repeat(HUGE) + "\"}}]}")
                        .getBytes(StandardCharsets.UTF_8));
        return all;
    }

    private void inPlace() {
        Play play = new Play(subject, fixture);
        int exchanges = play.recorded().sent().size();
        if (exchanges == 0) {
            return;
        }
        boolean events = play.given().getLast().isEvents();
        nonsense().forEach((name, payload) -> {
            survive(play, name + " as a body", exchanges, reply -> reply.body(payload));
            if (events) {
                survive(play, name + " as the only event", exchanges, reply -> reply.body(event(payload)));
            }
        });
    }

    private void inside() {
        Play play = new Play(subject, fixture);
        int exchanges = play.recorded().sent().size();
        if (exchanges == 0 || !play.given().getLast().isEvents()) {
            return;
        }
        nonsense().forEach((name, payload) -> {
            if (payload.length < HUGE) {
                survive(
                        play,
                        name + " before the rest",
                        exchanges,
                        reply -> reply.body(joined(event(payload), reply.body())));
                survive(
                        play,
                        name + " after the end",
                        exchanges,
                        reply -> reply.body(joined(reply.body(), event(payload))));
            }
            survive(play, name + " after the first event", exchanges, reply -> {
                byte[] body = reply.body();
                int end = firstEventEnd(body);
                byte[] rest = Arrays.copyOfRange(body, end, body.length);
                return reply.body(joined(Arrays.copyOf(body, end), event(payload), rest));
            });
        });
    }

    private void mutated() {
        Play play = new Play(subject, fixture);
        int exchanges = play.recorded().sent().size();
        if (exchanges == 0) {
            return;
        }
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < MUTATIONS; i++) {
            SplittableRandom own = random.split();
            survive(play, "mutation " + i, exchanges, reply -> reply.body(body -> mutate(body, own)));
        }
    }

    private static byte[] mutate(byte[] body, SplittableRandom random) {
        byte[] syntax = "{}[]\",:\\\n\r 0-e\0".getBytes(StandardCharsets.UTF_8);
        for (int times = random.nextInt(1, 4); times > 0 && body.length > 0; times--) {
            int at = random.nextInt(body.length);
            body[at] = random.nextBoolean() ? syntax[random.nextInt(syntax.length)] : (byte) random.nextInt();
        }
        return body;
    }

    private void survive(Play play, String place, int exchanges, UnaryOperator<Reply> change) {
        int[] answered = {0};
        FlowRun<Object> run =
                play.run(Cut.every(16_384), reply -> ++answered[0] < exchanges ? reply : change.apply(reply));
        Throwable thrown = run.thrown();
        if (thrown != null || !run.mistakes().isEmpty()) {
            throw new AssertionError(place + ": rules were broken: " + run.mistakes(), thrown);
        }
    }

    private static byte[] event(byte[] payload) {
        byte[] end = {'\n', '\n'};
        return joined("data: ".getBytes(StandardCharsets.UTF_8), payload, end);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    private static int firstEventEnd(byte[] body) {
        for (int i = 2; i < body.length; i++) {
            if (body[i - 1] == '\n' && body[i - 2] == '\n') {
                return i;
            }
        }
        return body.length;
    }
}
