package io.patchbay.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.foundation.json.Json;
import io.patchbay.server.TestServer.Client.Reply;
import io.patchbay.server.fleet.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/** Sends numbered chats through a server to a fleet and reads what came back. Safe for use by many threads. */
final class FleetCalls {
    static final String CHAT = "/v1/chat/completions";

    /**
     * What a client saw of one call.
     *
     * @param id what the client called it
     * @param text the content that arrived
     * @param whole whether it was told that the answer is complete, and nothing went wrong
     * @param errors how often it was told of an error
     * @param raw body and headers as they came
     */
    record Seen(
            String id,
            boolean stream,
            int status,
            String requestId,
            String retryAfter,
            String text,
            boolean whole,
            int errors,
            String raw,
            Duration took) {}

    private final TestServer.Client client;
    private final String key;

    FleetCalls(TestServer.Client client, String key) {
        this.client = client;
        this.key = key;
    }

    /** Makes a channel and returns its id. */
    static long create(TestServer.Client client, Member member) {
        ObjectNode form = form(member.name(), member.upstream().endpoint(), member.models());
        form.put("priority", member.priority()).put("weight", member.weight());
        form.put("secret", String.join("\n", member.keys()));
        form.withArray("models").add(member.own());
        member.settings().forEach(form::putPOJO);
        return create(client, form);
    }

    /** Returns the form of a channel with one key. */
    static ObjectNode form(String name, String endpoint, List<String> models) {
        ObjectNode form = Json.mapper().createObjectNode();
        form.put("name", name).put("type", "openai").put("endpoint", endpoint).put("state", true);
        form.put("priority", 0)
                .put("weight", 1)
                .put("retry", 1)
                .put("mapper", "")
                .put("secret", "sk-fleet-" + name);
        ArrayNode list = form.putArray("models");
        models.forEach(list::add);
        return form;
    }

    static long create(TestServer.Client client, ObjectNode form) {
        JsonNode answer = client.post("/api/admin/channel/create", form);
        if (!answer.path("status").asBoolean()) {
            throw new AssertionError("refused: " + answer);
        }
        return answer.path("id").asLong();
    }

    /** Asks once; the id is the only message. */
    Seen ask(String model, String id, boolean stream) {
        return ask(model, List.of(Map.of("role", "user", "content", id)), id, stream);
    }

    /** Asks with these messages, the last of which is the id. */
    Seen ask(String model, List<Map<String, String>> messages, String id, boolean stream) {
        String body = Json.write(Map.of("model", model, "stream", stream, "messages", messages));
        long begun = System.nanoTime();
        Reply reply = client.send("POST", CHAT, body, key);
        return seen(id, stream, reply, Duration.ofNanos(System.nanoTime() - begun));
    }

    /**
     * Asks many times.
     *
     * @param every between the beginnings of two calls, zero for as fast as the clients can
     * @param one makes the call of that number, from 0
     */
    static List<Seen> run(int calls, int clients, Duration every, IntFunction<Seen> one) throws Exception {
        Queue<Seen> all = new ConcurrentLinkedQueue<>();
        AtomicInteger next = new AtomicInteger();
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> working = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                working.add(threads.submit(() -> {
                    for (int n = next.getAndIncrement(); n < calls; n = next.getAndIncrement()) {
                        awaitTurn(start + n * every.toNanos());
                        all.add(one.apply(n));
                    }
                }));
            }
            for (Future<?> worker : working) {
                worker.get();
            }
        }
        return List.copyOf(all);
    }

    private static void awaitTurn(long at) {
        for (long left = at - System.nanoTime(); left > 0; left = at - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static Seen seen(String id, boolean stream, Reply reply, Duration took) {
        StringBuilder text = new StringBuilder();
        boolean finished = false;
        boolean ended = false;
        int errors = 0;
        List<String> payloads = reply.header("content-type").startsWith("text/event-stream")
                ? reply.body()
                        .lines()
                        .filter(line -> line.startsWith("data: "))
                        .map(line -> line.substring("data: ".length()))
                        .toList()
                : List.of(reply.body());
        for (String payload : payloads) {
            if (payload.equals("[DONE]")) {
                ended = true;
                continue;
            }
            JsonNode json = json(payload);
            JsonNode choice = json.path("choices").path(0);
            text.append(choice.path("delta").path("content").asText(""));
            text.append(choice.path("message").path("content").asText(""));
            finished |= choice.path("finish_reason").isTextual();
            errors += json.has("error") ? 1 : 0;
        }
        return new Seen(
                id,
                stream,
                reply.status(),
                reply.header("x-request-id"),
                reply.header("retry-after"),
                text.toString(),
                reply.status() == 200 && finished && errors == 0 && ended == stream,
                errors,
                reply.body() + "\n" + reply.headers(),
                took);
    }

    private static JsonNode json(String payload) {
        try {
            return Json.mapper().readTree(payload);
        } catch (JsonProcessingException e) {
            throw new AssertionError("expected JSON but found: " + payload, e);
        }
    }
}
