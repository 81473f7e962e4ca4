package io.patchbay.accounts.limit;

import io.patchbay.foundation.request.ClientAddress;
import io.patchbay.foundation.seed.SeedAnswer;
import io.patchbay.foundation.state.Counters;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The limits of account and chat routes: so many requests from one address within a window. Thread-safe.
 *
 * <p>The rule with the longest prefix of the path applies. All paths under one prefix share one budget.
 */
public final class SeedRateLimits {
    /** The original allows 2, which its own pages stay below; the wallet reads what has changed after each purchase. */
    private static final int READS = 10;

    private static final List<Rule> RULES = Stream.of(
                    new Rule("login", 10, 20),
                    new Rule("register", 120, 10),
                    new Rule("verify", 120, 10),
                    new Rule("reset", 120, 10),
                    new Rule("apikey", 1, 2),
                    new Rule("resetkey", 3_600, 3),
                    new Rule("package", 1, 2),
                    new Rule("quota", 1, 2),
                    new Rule("buy", 1, 2),
                    new Rule("subscribe", 1, 2),
                    new Rule("subscription", 1, READS),
                    new Rule("chat", 1, 5),
                    new Rule("conversation", 1, 5),
                    new Rule("invite", 7_200, 20),
                    new Rule("redeem", 1_200, 60),
                    new Rule("dashboard", 1, 5),
                    new Rule("card", 1, 5),
                    new Rule("generation", 1, 5),
                    new Rule("article", 1, 5),
                    new Rule("broadcast", 1, 2),
                    // Beyond the original's table: a route of ours that takes a password.
                    new Rule("account/password", 10, 20))
            .sorted(Comparator.comparingInt((Rule rule) -> rule.prefix.length()).reversed())
            .toList();

    private final Counters counters;

    private record Rule(String prefix, int seconds, int most) {}

    public SeedRateLimits(Counters counters) {
        this.counters = counters;
    }

    /**
     * Counts one request and returns whether it may go on; paths without a rule always may.
     *
     * @param path path of the route, without {@code /api} and without leading slash
     * @param clientAddress address of the client; empty when unknown, which is not limited
     */
    public boolean admits(String path, String clientAddress) {
        Optional<Rule> found = rule(path);
        if (found.isEmpty() || clientAddress.isEmpty()) {
            return true;
        }
        Rule rule = found.get();
        String key = "accounts.rate:" + rule.prefix + ":" + ClientAddress.limitKey(clientAddress);
        return counters.tryTake(key, rule.most, Duration.ofSeconds(rule.seconds));
    }

    /** Returns the answer to a request that came too often. */
    public static Response refusal() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("reason", "You have sent too many requests. Please try again later.");
        fields.put("error", "request_throttled");
        return SeedAnswer.fail(fields);
    }

    private static Optional<Rule> rule(String path) {
        return RULES.stream().filter(rule -> path.startsWith(rule.prefix)).findFirst();
    }
}
