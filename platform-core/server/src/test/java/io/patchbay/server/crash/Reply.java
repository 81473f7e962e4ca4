package io.patchbay.server.crash;

import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.upstream.ChatAnswer;
import io.patchbay.testkit.upstream.ChatAnswer.UsagePlace;
import io.patchbay.testkit.upstream.OpenAiScripts;
import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the upstream is to do with one call.
 *
 * @param words how many words it says, one chunk each
 * @param used what it charges
 * @param place where a stream tells that; {@code NEVER} holds for whole answers too
 * @param delay before the answer begins
 * @param pace between two chunks of a stream
 * @param trouble what goes wrong
 * @param cut after so many words the answer breaks off; 0 for never
 * @param pictures how many pictures it makes; 0 for a chat
 */
record Reply(
        int words,
        Tokens used,
        UsagePlace place,
        Duration delay,
        Duration pace,
        Trouble trouble,
        int cut,
        int pictures) {
    private static final String PIXEL =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    private static final String EVENT_END = "\n\n";

    /** What goes wrong at the upstream. */
    enum Trouble {
        NONE,
        /** 429, always. */
        LIMITED,
        /** 500, always. */
        BROKEN,
        /** 500 at the first attempt; the next one is answered. */
        BROKEN_ONCE,
        /** A reset before any answer at the first attempt; the next one is answered. */
        RESET_ONCE,
        /** The answer ends too early by a close in order: what was written arrives. */
        CLOSED,
        /** The answer ends too early by a reset: what was written may be lost. */
        RESET
    }

    /**
     * A script and what it tells.
     *
     * @param told the usage that whoever reads all of it was told; {@code null} for none
     */
    record Scripted(Script script, @Nullable Tokens told) {}

    /**
     * Returns what is answered.
     *
     * @param attempt counts how often the same call has come, from 1
     */
    Scripted to(ReceivedRequest request, int attempt) {
        boolean first = attempt == 1;
        return switch (trouble) {
            case LIMITED -> error(429, "rate_limit_error", "rate_limit_exceeded");
            case BROKEN -> error(500, "server_error", null);
            case BROKEN_ONCE -> first ? error(500, "server_error", null) : answer(request);
            case RESET_ONCE -> first ? new Scripted(Script.answer().delay(delay).cut(), null) : answer(request);
            default -> answer(request);
        };
    }

    private Scripted error(int status, String type, @Nullable String code) {
        JsonValue body = OpenAiScripts.errorJson(type, code, "the upstream is in trouble");
        return new Scripted(Script.answer(status).delay(delay).json(body), null);
    }

    private Scripted answer(ReceivedRequest request) {
        Script whole = pictures > 0 ? drawn(request) : said(request);
        byte[] body = whole.printedBody();
        if (cut == 0) {
            return new Scripted(whole, told(body));
        }
        int end = endOfWord(new String(body, StandardCharsets.UTF_8), cut);
        Script broken = trouble == Trouble.RESET ? whole.cutAt(end) : whole.hangUpAt(end);
        return new Scripted(broken, told(Arrays.copyOf(body, end)));
    }

    private Script said(ReceivedRequest request) {
        String[] texts = new String[words];
        Arrays.setAll(texts, i -> (i == 0 ? "word" : " word") + i);
        ChatAnswer chat = OpenAiScripts.echoModel(texts)
                .usage(used.input(), used.output())
                .usagePlace(place)
                .paced(pace)
                .delayed(delay);
        return chat.apply(request);
    }

    private Script drawn(ReceivedRequest request) {
        String one = "{\"b64_json\":\"" + PIXEL + "\"}";
        String all = String.join(",", Collections.nCopies(pictures, one));
        String usage = "{\"input_tokens\":%d,\"output_tokens\":%d,\"total_tokens\":%d}"
                .formatted(used.input(), used.output(), used.input() + used.output());
        return Script.answer()
                .delay(delay)
                .charging("img-" + request.number(), request.json().string("model", ""), used.input(), used.output())
                .json("{\"created\":1770000000,\"data\":[" + all + "],\"usage\":" + usage + "}");
    }

    /** Returns the offset behind the event with that word; the event of the role comes before the first. */
    private static int endOfWord(String body, int word) {
        int end = 0;
        for (int event = 0; event <= word; event++) {
            end = body.indexOf(EVENT_END, end) + EVENT_END.length();
        }
        return end;
    }

    /** Returns the last usage that these bytes tell: running totals replace each other. */
    private static @Nullable Tokens told(byte[] bytes) {
        String body = new String(bytes, StandardCharsets.UTF_8);
        return body.startsWith("data:")
                ? body.lines()
                        .filter(line -> line.startsWith("data: {"))
                        .map(line -> Tokens.told(Json.parse(line.substring("data: ".length()))))
                        .filter(Objects::nonNull)
                        .reduce((earlier, later) -> later)
                        .orElse(null)
                : Tokens.told(Json.parse(body));
    }
}
