package io.patchbay.server;

import io.patchbay.spi.json.JsonObject;
import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/** A midjourney-proxy whose tasks stand as a test says. */
final class MidjourneyProxy implements AutoCloseable {
    static final String PICTURE = "https://cdn.example/grid.png";

    private final AtomicLong ids = new AtomicLong(1_704_441_600_123_456L);
    private final Map<String, String> tasks = new ConcurrentHashMap<>();
    private final ScriptedUpstream upstream;
    private volatile String refusal = "";

    MidjourneyProxy() {
        this.upstream = ScriptedUpstream.start();
        upstream.otherwise(this::answer);
    }

    String endpoint() {
        return upstream.endpoint();
    }

    /** Refuses what is submitted, with that body; an empty one stands for no refusal. */
    void refuse(String body) {
        refusal = body;
    }

    private Script answer(ReceivedRequest request) {
        if (request.path().startsWith("/mj/submit/")) {
            if (!refusal.isEmpty()) {
                return Script.answer().json(refusal);
            }
            String id = Long.toString(ids.incrementAndGet());
            tasks.put(id, running(id, 0));
            return Script.answer().json("{\"code\":1,\"result\":\"" + id + "\"}");
        }
        String id = request.path().replaceAll("/mj/task/(\\d+)/fetch", "$1");
        return Script.answer().json(tasks.getOrDefault(id, "null"));
    }

    static String running(String id, int percent) {
        return JsonObject.builder()
                .put("id", id)
                .put("status", "IN_PROGRESS")
                .put("progress", percent + "%")
                .build()
                .toJson();
    }

    static String done(String id) {
        return JsonObject.builder()
                .put("id", id)
                .put("status", "SUCCESS")
                .put("progress", "100%")
                .put("imageUrl", PICTURE)
                .build()
                .toJson();
    }

    static String failed(String id, String reason) {
        return JsonObject.builder()
                .put("id", id)
                .put("status", "FAILURE")
                .put("failReason", reason)
                .build()
                .toJson();
    }

    /** Has a task stand so, for whoever asks. */
    void set(String id, String task) {
        tasks.put(id, task);
    }

    /** Returns what was submitted, in order. */
    List<ReceivedRequest> submitted() {
        return upstream.received().stream()
                .filter(request -> request.path().startsWith("/mj/submit/"))
                .toList();
    }

    /** Waits for so many submits and returns the id the last one was given. */
    String awaitSubmitted(int count) {
        Awaitility.await().until(() -> submitted().size() >= count);
        return Long.toString(ids.get());
    }

    /** Waits until somebody asks for that task, who has thus been told its id and has kept it. */
    void awaitFetched(String id) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> upstream.received().stream()
                        .anyMatch(request -> request.path().equals("/mj/task/" + id + "/fetch")));
    }

    /** Returns where the upstream may call about the last submit, without the site's address. */
    String hook() {
        String hook = submitted().getLast().json().string("notifyHook", "");
        return hook.replaceFirst("^https://site\\.example", "");
    }

    @Override
    public void close() {
        upstream.close();
    }
}
