package io.patchbay.server.crash;

import io.patchbay.server.crash.Seen.End;
import io.patchbay.server.process.Account;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonException;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Does what orders say at one server and tells what came of it. Safe for use by many threads. */
final class Client {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final String EVENT = "data: ";

    private final HttpClient http;
    private final URI server;
    private final Map<User, Account> accounts;
    private final Administrator administrator;

    Client(HttpClient http, URI server, Map<User, Account> accounts, Administrator administrator) {
        this.http = http;
        this.server = server;
        this.accounts = accounts;
        this.administrator = administrator;
    }

    /** Does one thing; whatever goes wrong is part of the result. */
    Seen act(Order order) throws InterruptedException {
        Watch watch = new Watch(order);
        try {
            if (order.gift() > 0) {
                boolean given = administrator.give(accounts.get(order.user()).id(), order.gift());
                return watch.seen(given ? End.COMPLETE : End.REFUSED, "");
            }
            call(order, watch);
            return watch.seen(watch.end(), watch.problem);
        } catch (ConnectException e) {
            return watch.seen(End.UNSENT, e.toString());
        } catch (IOException e) {
            return watch.seen(End.CUT, e.toString());
        }
    }

    private void call(Order order, Watch watch) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(
                        order.reply().pictures() > 0 ? "/v1/images/generations" : "/v1/chat/completions"))
                .header("Authorization", "Bearer " + accounts.get(order.user()).key())
                .header("Content-Type", "application/json")
                .timeout(LONGEST)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body(order).toBytes()))
                .build();
        CompletableFuture<HttpResponse<InputStream>> asked =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
        HttpResponse<InputStream> response = awaitHead(order, asked);
        if (response == null) {
            watch.left = true;
            return;
        }
        watch.head(response);
        // Closing before the end closes the connection.
        try (InputStream in = response.body()) {
            if (watch.events) {
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
                for (String line = lines.readLine(); line != null && !watch.left; line = lines.readLine()) {
                    watch.line(line);
                }
            } else {
                watch.whole(in.readAllBytes());
            }
        }
    }

    private static JsonObject body(Order order) {
        String prompt = order.mark() + " " + "x".repeat(order.padding());
        JsonObject.Builder body =
                JsonObject.builder().put("model", order.tariff().model());
        if (order.reply().pictures() > 0) {
            return body.put("prompt", prompt).put("n", order.reply().pictures()).build();
        }
        if (order.maxTokens() > 0) {
            body.put("max_tokens", order.maxTokens());
        }
        if (order.usageAsked() && order.stream()) {
            body.put("stream_options", Json.parse("{\"include_usage\":true}"));
        }
        JsonObject message =
                JsonObject.builder().put("role", "user").put("content", prompt).build();
        return body.put("stream", order.stream())
                .put("messages", Json.parse("[" + message.toJson() + "]"))
                .build();
    }

    /** Returns the answer's head, or {@code null} when the client has left. */
    private static @Nullable HttpResponse<InputStream> awaitHead(
            Order order, CompletableFuture<HttpResponse<InputStream>> asked) throws IOException, InterruptedException {
        try {
            Duration patience = order.patience().isZero() ? LONGEST : order.patience();
            return asked.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            asked.cancel(true);
            return null;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IOException(e.getCause());
        }
    }

    /** What the client notices of one answer. Used by one thread. */
    private static final class Watch {
        private final Order order;
        private String requestId = "";
        private int status;
        private boolean events;
        private int words;
        private boolean finished;
        private boolean ended;
        private boolean left;
        private @Nullable Tokens told;
        private String problem = "";

        Watch(Order order) {
            this.order = order;
        }

        void head(HttpResponse<InputStream> response) {
            status = response.statusCode();
            requestId = response.headers().firstValue("x-request-id").orElse("");
            String type = response.headers().firstValue("content-type").orElse("");
            events = type.startsWith("text/event-stream");
        }

        void line(String line) throws IOException {
            if (line.equals("data: [DONE]")) {
                ended = true;
            } else if (line.startsWith(EVENT)) {
                read(parse(line.substring(EVENT.length())));
            }
            left = words > 0 && words == order.leavesAfter();
        }

        void whole(byte[] body) throws IOException {
            read(parse(new String(body, StandardCharsets.UTF_8)));
            ended = true;
        }

        /** A body that stops in the middle is a lost connection, too. */
        private static JsonValue parse(String text) throws IOException {
            try {
                return Json.parse(text);
            } catch (JsonException e) {
                throw new IOException("expected JSON, found: " + text, e);
            }
        }

        private void read(JsonValue part) {
            for (JsonValue choice : part.elements("choices")) {
                JsonValue said = choice.get(events ? "delta" : "message");
                words += said == null || said.string("content", "").isEmpty() ? 0 : 1;
                finished |= choice.string("finish_reason") != null;
            }
            int pictures = part.elements("data").size();
            words += pictures;
            finished |= pictures > 0;
            Tokens usage = Tokens.told(part);
            told = usage == null ? told : usage;
            problem = part.get("error") == null ? problem : part.toJson();
        }

        End end() {
            if (left) {
                return End.LEFT;
            }
            if (!problem.isEmpty()) {
                return events ? End.BROKEN : End.REFUSED;
            }
            return finished && ended ? End.COMPLETE : End.CUT;
        }

        Seen seen(End end, String trouble) {
            return new Seen(order, end, requestId, status, words > 0, told, System.nanoTime(), trouble);
        }
    }
}
