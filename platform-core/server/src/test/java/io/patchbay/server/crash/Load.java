package io.patchbay.server.crash;

import io.patchbay.server.crash.Evidence.Sighting;
import io.patchbay.server.process.Account;
import io.patchbay.server.process.ServerProcess;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Many clients, each doing one deed after another at a server until that is killed. The first deeds are of all kinds,
 * the others are drawn.
 */
final class Load {
    private static final int CLIENTS = 24;

    private final Orders orders;
    private final Map<User, Account> accounts;
    private final Administrator administrator;
    private volatile boolean going = true;
    private volatile long killingNanos = Long.MAX_VALUE;

    /** Prepares the load of one server's life. */
    Load(Orders orders, Map<User, Account> accounts, Administrator administrator) {
        this.orders = orders;
        this.accounts = accounts;
        this.administrator = administrator;
    }

    /**
     * Lets the clients work for that time, kills the server in the middle of it, and returns what they saw.
     *
     * @param round names the clients, together with the seed
     */
    List<Sighting> untilKilled(ServerProcess server, Duration time, long seed, int round) throws Exception {
        Collection<Seen> seen = new ConcurrentLinkedQueue<>();
        try (HttpClient http = http();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Client client = new Client(http, server.uri(), accounts, administrator.at(http, server.uri()));
            List<Future<?>> working = new ArrayList<>();
            for (int number = 1; number <= CLIENTS; number++) {
                String who = seed + "-" + round + "-" + number;
                SplittableRandom chance = new SplittableRandom((seed * 1_000 + round) * 1_000 + number);
                Deed first = Deed.values()[number % Deed.values().length];
                working.add(threads.submit(() -> {
                    for (Deed deed = first; going; deed = Deed.drawn(chance)) {
                        seen.add(client.act(orders.next(who, deed, chance)));
                    }
                    return null;
                }));
            }
            server.letWork(time);
            // Nobody begins anything new, so that the clients do not call a server in vain that is no more.
            going = false;
            killingNanos = System.nanoTime();
            server.kill();
            for (Future<?> worker : working) {
                worker.get();
            }
        }
        return seen.stream()
                .map(one -> new Sighting(one, one.endedAtNanos() - killingNanos > 0))
                .toList();
    }

    /** Returns a client of HTTP/1.1 with a thread for each exchange. */
    static HttpClient http() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }
}
