package io.patchbay.benchmarks.upstream;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the answer that a path names; of one thread. */
final class Scripts {
    private static final int MAX_KEPT = 256;
    private static final int MAX_CHUNKS = 20_000;
    private static final Pattern PATH = Pattern.compile(
            "/(?:(plain)|(stream|claude|fault/cut)/(\\d{1,5})/(\\d{1,9})|slow/(\\d{1,6})|(fault/500))(?:/.*)?");

    private final Map<String, Script> kept = new HashMap<>();
    private final Script unknown = whole(Http.whole(
            404,
            "Not Found",
            "application/json",
            "{\"error\":{\"message\":\"no such script\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}"
                    .getBytes(StandardCharsets.UTF_8)));

    private final Script failed = whole(Http.whole(
            500,
            "Internal Server Error",
            "application/json",
            "{\"error\":{\"message\":\"the model is broken\",\"type\":\"server_error\",\"param\":null,\"code\":null}}"
                    .getBytes(StandardCharsets.UTF_8)));

    /** Returns the answer for a request's target, a 404 when the target names none. */
    Script of(String target) {
        Script known = kept.get(target);
        if (known != null) {
            return known;
        }
        if (kept.size() >= MAX_KEPT) {
            kept.clear();
        }
        Script made = make(target);
        kept.put(target, made);
        return made;
    }

    /** Tells whether it is the answer to what is unknown. */
    boolean unknown(Script script) {
        return script == unknown;
    }

    private Script make(String target) {
        Matcher matcher = PATH.matcher(target);
        if (!matcher.matches()) {
            return unknown;
        }
        if (matcher.group(1) != null) {
            return whole(OpenAiAnswers.plain());
        }
        if (matcher.group(5) != null) {
            long nanos = Long.parseLong(matcher.group(5)) * 1_000_000;
            return new Script(List.of(new Script.Write(OpenAiAnswers.plain(), true, false)), nanos, false);
        }
        if (matcher.group(6) != null) {
            return failed;
        }
        int chunks = Integer.parseInt(matcher.group(3));
        if (chunks == 0 || chunks > MAX_CHUNKS) {
            return unknown;
        }
        long gap = Long.parseLong(matcher.group(4)) * 1_000;
        if ("fault/cut".equals(matcher.group(2))) {
            // The role's event, and half of the words.
            return Script.broken(OpenAiAnswers.stream(chunks), gap, 1 + (chunks + 1) / 2);
        }
        boolean claude = "claude".equals(matcher.group(2));
        return new Script(claude ? ClaudeAnswers.stream(chunks) : OpenAiAnswers.stream(chunks), gap, true);
    }

    private static Script whole(byte[] answer) {
        return new Script(List.of(new Script.Write(answer, false, false)), 0, false);
    }
}
