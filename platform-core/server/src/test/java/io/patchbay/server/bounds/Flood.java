package io.patchbay.server.bounds;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.foundation.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Requests of which each comes from another address, as a trusted proxy says: half of them sign in with names nobody has,
 * half call models with keys nobody has. The calls are sent several at once on each connection.
 */
final class Flood {
    /** How many addresses one flood comes from; the next one's are others. */
    static final int ADDRESSES = 50_000;

    private static final int HALF = ADDRESSES / 2;
    private static final int SIGNING_IN = 100;
    private static final int CALLING = 20;
    private static final int CALLS_AT_ONCE = 25;

    /** Answers by status, with a word of their kind. */
    record Answers(Map<String, Integer> signIns, Map<String, Integer> calls) {}

    private final URI server;
    private final int begin;
    private final AtomicInteger nextSignIn = new AtomicInteger();
    private final AtomicInteger nextCall = new AtomicInteger();

    /**
     * Prepares a flood.
     *
     * @param number tells it from others
     */
    Flood(URI server, int number) {
        this.server = server;
        this.begin = number * ADDRESSES;
    }

    /** Begins; the answers come when it is over. */
    Crowd.Doing<Answers> begin(Crowd crowd) {
        return crowd.begin(1, only -> () -> {
            Crowd.Doing<Map<String, Integer>> signIns =
                    crowd.begin(SIGNING_IN, number -> () -> run(nextSignIn, 1, Flood::signIn));
            Crowd.Doing<Map<String, Integer>> calls =
                    crowd.begin(CALLING, number -> () -> run(nextCall, CALLS_AT_ONCE, Flood::call));
            return new Answers(sum(signIns.all()), sum(calls.all()));
        });
    }

    private interface Asking {
        byte[] request(int number);
    }

    private Map<String, Integer> run(AtomicInteger next, int atOnce, Asking asking) throws IOException {
        Map<String, Integer> answers = new TreeMap<>();
        try (Exchange exchange = Exchange.with(server)) {
            for (int from = next.getAndAdd(atOnce); from < HALF; from = next.getAndAdd(atOnce)) {
                ByteArrayOutputStream several = new ByteArrayOutputStream();
                for (int number = from; number < from + atOnce; number++) {
                    several.writeBytes(asking.request(begin + number));
                }
                exchange.send(several.toByteArray());
                for (int answer = 0; answer < atOnce; answer++) {
                    answers.merge(kind(exchange.read()), 1, Integer::sum);
                }
            }
        }
        return answers;
    }

    /** Of IPv6 it is the network that counts. */
    private static byte[] signIn(int number) {
        return Exchange.request(
                "POST",
                "/api/login",
                List.of(
                        "X-Forwarded-For: 2001:db8:%x:%x::7".formatted(number >> 16, number & 0xffff),
                        "Content-Type: application/json"),
                Json.bytes(Map.of(
                        "username",
                        "somebody-whose-name-is-as-long-as-it-may-be-%06d@mail.example.org".formatted(number),
                        "password",
                        "a-wrong-password")));
    }

    private static byte[] call(int number) {
        return Exchange.request(
                "POST",
                "/v1/chat/completions",
                List.of(
                        "X-Forwarded-For: 20.%d.%d.%d".formatted(number >> 16, number >> 8 & 255, number & 255),
                        "Authorization: Bearer sk-" + "%060d".formatted(number),
                        "Content-Type: application/json"),
                Json.bytes(Map.of("model", "quick")));
    }

    private static String kind(Exchange.Response response) throws IOException {
        JsonNode body = Json.mapper().readTree(response.body());
        JsonNode error = body.path("error");
        String word = error.isObject() ? error.path("code").asText() : error.asText();
        String after = response.header("retry-after");
        return response.status()
                + (word.isEmpty() ? "" : " " + word)
                + (after.isEmpty() ? "" : ", retry after " + after);
    }

    private static Map<String, Integer> sum(List<Map<String, Integer>> parts) {
        Map<String, Integer> sum = new TreeMap<>();
        parts.forEach(part -> part.forEach((kind, count) -> sum.merge(kind, count, Integer::sum)));
        return sum;
    }
}
