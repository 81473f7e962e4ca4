package io.patchbay.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** Sends chats as fast as it is asked to and tells what came back. */
final class LoadClient implements AutoCloseable {
    /**
     * What came of one chat.
     *
     * @param requestId the server's id of it, empty when no answer began
     * @param complete whether the last frame or the whole body arrived
     * @param chunks data lines of a stream
     */
    record Result(String requestId, boolean complete, int chunks, long nanos, String problem) {}

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final URI chat;
    private final String key;

    LoadClient(URI server, String key) {
        this.chat = server.resolve("/v1/chat/completions");
        this.key = key;
    }

    Result plain(String model) {
        return send(model, false);
    }

    Result stream(String model) {
        return send(model, true);
    }

    private Result send(String model, boolean stream) {
        long begun = System.nanoTime();
        String body = "{\"model\":\"" + model + "\",\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Count.\"}]}";
        HttpRequest request = HttpRequest.newBuilder(chat)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(60))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        String id = "";
        int chunks = 0;
        boolean complete = false;
        String problem = "";
        try {
            HttpResponse<Stream<String>> response = http.send(request, HttpResponse.BodyHandlers.ofLines());
            id = response.headers().firstValue("x-request-id").orElse("");
            StringBuilder text = new StringBuilder();
            try (Stream<String> lines = response.body()) {
                for (String line : (Iterable<String>) lines::iterator) {
                    if (line.startsWith("data: ")) {
                        chunks++;
                        complete = line.equals("data: [DONE]");
                    }
                    if (!stream || line.contains("\"error\"")) {
                        text.append(line);
                    }
                }
            }
            if (!stream) {
                complete = response.statusCode() == 200 && text.toString().contains("\"finish_reason\"");
            }
            if (response.statusCode() != 200 || text.toString().contains("\"error\"")) {
                complete = false;
                problem = response.statusCode() + " " + text;
            }
        } catch (IOException e) {
            complete = false;
            problem = e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            problem = "interrupted";
        }
        return new Result(id, complete, chunks, System.nanoTime() - begun, problem);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
