package io.patchbay.server;

import io.patchbay.spi.json.JsonObject;
import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** A vendor with OpenAI's video routes, whose videos stand as a test says. Strangers are refused. */
final class VideoStudio implements AutoCloseable {
    static final String KEY = "sk-upstream-secret-1234";

    /** A film of 300,000 bytes that begins like an MP4 file. */
    static final byte[] FILM = film();

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final AtomicInteger count = new AtomicInteger();
    private final Map<String, String> videos = new ConcurrentHashMap<>();
    private final AtomicInteger withheld = new AtomicInteger();
    private volatile Script refusal = Script.answer();

    VideoStudio() {
        upstream.otherwise(this::answer);
    }

    private static byte[] film() {
        byte[] film = new byte[300_000];
        for (int i = 0; i < film.length; i++) {
            film[i] = (byte) (i * 31 + i / 256);
        }
        byte[] head = "\0\0\0\30ftypisom".getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(head, 0, film, 0, head.length);
        return film;
    }

    String endpoint() {
        return upstream.endpoint();
    }

    /** Refuses what is ordered; {@link Script#answer()} stands for no refusal. */
    void refuse(Script answer) {
        refusal = answer;
    }

    /** Does not hand content out so many times, although it is made. */
    void withhold(int times) {
        withheld.set(times);
    }

    private Script answer(ReceivedRequest request) {
        if (!("Bearer " + KEY).equals(request.header("authorization"))) {
            return Script.answer(401).json("{\"error\":{\"message\":\"who are you\",\"code\":\"invalid_api_key\"}}");
        }
        String path = request.path().replaceFirst("^/v1/videos", "");
        if (path.isEmpty() && request.method().equals("POST")) {
            return ordered(request);
        }
        String id = path.substring(1).replace("/content", "");
        String video = videos.get(id);
        if (video == null || !request.method().equals("GET")) {
            return Script.answer(404).json("{\"error\":{\"message\":\"no such video\"}}");
        }
        if (!path.endsWith("/content")) {
            return Script.answer().json(video);
        }
        boolean ready = video.contains("completed") && withheld.getAndUpdate(left -> Math.max(0, left - 1)) == 0;
        return ready
                ? Script.answer().body("video/mp4", FILM).splitEvery(50_000)
                : Script.answer(404).json("{\"error\":{\"message\":\"not there yet\"}}");
    }

    private Script ordered(ReceivedRequest request) {
        if (!refusal.equals(Script.answer())) {
            return refusal;
        }
        String prompt = request.formText("prompt");
        if (prompt == null || request.formText("model") == null) {
            return Script.answer(400).json("{\"error\":{\"message\":\"prompt and model are required\"}}");
        }
        String id = "video_up" + count.incrementAndGet();
        videos.put(id, video(id, "queued", 0, ""));
        return Script.answer().json(videos.get(id));
    }

    private static String video(String id, String status, int progress, String error) {
        JsonObject.Builder video = JsonObject.builder()
                .put("id", id)
                .put("object", "video")
                .put("model", "sora-2")
                .put("status", status)
                .put("progress", progress)
                .put("seconds", "4")
                .put("size", "720x1280");
        if (!error.isEmpty()) {
            video.put(
                    "error",
                    JsonObject.builder()
                            .put("code", "moderation_blocked")
                            .put("message", error)
                            .build());
        }
        return video.build().toJson();
    }

    void run(String id, int progress) {
        videos.put(id, video(id, "in_progress", progress, ""));
    }

    void complete(String id) {
        videos.put(id, video(id, "completed", 100, ""));
    }

    void fail(String id, String reason) {
        videos.put(id, video(id, "failed", 46, reason));
    }

    /** Returns what was ordered, in order. */
    List<ReceivedRequest> orders() {
        return upstream.received().stream()
                .filter(request -> request.method().equals("POST"))
                .toList();
    }

    /** Waits for so many orders and returns the id the last one was given. */
    String awaitOrder(int orders) {
        Awaitility.await().until(() -> orders().size() >= orders && videos.size() >= orders);
        return "video_up" + count.get();
    }

    /** Returns how often content was asked for. */
    long fetches() {
        return upstream.received().stream()
                .filter(request -> request.path().endsWith("/content"))
                .count();
    }

    /** Returns a part of the film. */
    static byte[] part(int from, int to) {
        return Arrays.copyOfRange(FILM, from, to);
    }

    @Override
    public void close() {
        upstream.close();
    }
}
