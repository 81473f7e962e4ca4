package io.patchbay.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.server.FleetCalls.Seen;
import io.patchbay.server.fleet.Fleet;
import io.patchbay.server.fleet.FleetUpstream;
import io.patchbay.server.fleet.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * Prints how a fleet was used.
 *
 * @param seen what clients saw
 * @param health what the server says of each channel, by name
 */
record FleetReport(Fleet fleet, List<Seen> seen, Map<String, JsonNode> health) {
    private static final String LINE = "  %-10s %4s %6s  %-24s %8s %8s %8s %6s  %s%n";
    private static final int LONGEST_REASON = 60;

    /**
     * Prints a line for each channel and one for all calls.
     *
     * @param attempts how many upstreams each call asked
     * @param later how many requests came to a channel after its third refusal
     */
    void print(long seed, Duration lasted, List<String> attempts, ToLongFunction<String> later) {
        System.out.printf("fleet: seed %d; %d calls in %.1f s%n", seed, seen.size(), lasted.toMillis() / 1e3);
        System.out.printf(
                LINE,
                "channel",
                "prio",
                "weight",
                "what it is",
                "received",
                "answered",
                "refused",
                "later",
                "at the end");
        for (Member member : fleet.members()) {
            FleetUpstream upstream = member.upstream();
            JsonNode channel = health.get(member.name());
            // Where nobody listens, only the server can count.
            long received = Math.max(upstream.requests(), channel.path("calls").asLong());
            int answered = upstream.answered().size();
            System.out.printf(
                    LINE,
                    member.name(),
                    member.priority(),
                    member.weight(),
                    member.what(),
                    received,
                    answered,
                    received - answered,
                    answered == 0 ? later.applyAsLong(member.name()) : "",
                    standing(channel));
        }
        printCalls(attempts);
    }

    private void printCalls(List<String> attempts) {
        Map<Integer, Integer> callsByAttempts = new TreeMap<>();
        attempts.forEach(count -> callsByAttempts.merge(Integer.valueOf(count), 1, Integer::sum));
        List<Duration> times = seen.stream().map(Seen::took).sorted().toList();
        long right = seen.stream()
                .filter(one -> one.whole() && fleet.speaker(one.id(), one.text()) != null)
                .count();
        System.out.printf(
                "  answered %d of %d (%.3f %%); calls by attempts %s; p50 %d ms, p99 %d ms, longest %d ms%n",
                right,
                seen.size(),
                100.0 * right / seen.size(),
                callsByAttempts,
                times.get(times.size() / 2).toMillis(),
                times.get(times.size() * 99 / 100).toMillis(),
                times.getLast().toMillis());
    }

    /** The channel's own standing, and that of its keys that are not good for all models. */
    private static String standing(JsonNode channel) {
        List<String> parts = new ArrayList<>();
        parts.add(words("", channel.path("state")));
        channel.path("keys").forEach(key -> {
            String whose = "key " + key.path("index").asInt() + " ";
            if (!key.path("state").path("phase").asText().equals("good")) {
                parts.add(words(whose, key.path("state")));
            }
            key.path("models").properties().forEach(model -> parts.add(words(whose, model.getValue())));
        });
        return String.join("; ", parts);
    }

    private static String words(String whose, JsonNode state) {
        String reason = state.path("reason").asText();
        String shown = reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…";
        return whose
                + state.path("phase").asText()
                + (reason.isEmpty() ? "" : " (" + state.path("kind").asText() + ": " + shown + ")");
    }
}
