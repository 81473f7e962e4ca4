package io.patchbay.testkit.upstream;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * A scripted OpenAI-shaped vendor in a process of its own, so that the server under test can be killed without it.
 *
 * <p>Options: {@code --port N} (0 for any), {@code --words 35}, {@code --pace-ms 50}, {@code --models a,b}. It prints
 * one line {@code listening on http://127.0.0.1:N} when it is ready. {@code GET /__bill} answers its own count as JSON,
 * with {@code ?charges} every single charge; {@code DELETE /__bill} forgets it. {@code GET /__bill} itself is counted
 * among the active answers.
 */
public final class ScriptedUpstreamMain {
    private static final List<String> OPTIONS = List.of("--port", "--words", "--pace-ms", "--models");

    private ScriptedUpstreamMain() {}

    /** Starts the upstream and serves until the process ends. */
    public static void main(String[] arguments) throws InterruptedException {
        Map<String, String> options = options(arguments);
        ScriptedUpstream upstream = start(options);
        System.out.println("listening on " + upstream.endpoint());
        System.out.flush();
        new CountDownLatch(1).await();
    }

    static ScriptedUpstream start(Map<String, String> options) {
        int words = Integer.parseInt(options.getOrDefault("--words", "35"));
        Duration pace = Duration.ofMillis(Long.parseLong(options.getOrDefault("--pace-ms", "50")));
        String[] models = options.getOrDefault("--models", "gpt-5.4-mini").split(",", -1);
        ScriptedUpstream upstream = ScriptedUpstream.start(Integer.parseInt(options.getOrDefault("--port", "0")));
        return upstream.remembering(100)
                .otherwise(OpenAiScripts.vendor(words, pace, models))
                .on(
                        "GET",
                        "/__bill",
                        request -> Script.answer()
                                .json(BillPage.of(upstream, request.query().startsWith("charges"))))
                .on("DELETE", "/__bill", request -> {
                    upstream.forget();
                    return Script.answer(204);
                });
    }

    private static Map<String, String> options(String[] arguments) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        if (arguments.length % 2 != 0 || !OPTIONS.containsAll(options.keySet())) {
            System.err.println("expected pairs of " + OPTIONS + " and a value");
            System.exit(2);
        }
        return options;
    }
}
