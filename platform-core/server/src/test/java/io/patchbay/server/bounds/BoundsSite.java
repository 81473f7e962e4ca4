package io.patchbay.server.bounds;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.accounts.Accounts;
import io.patchbay.foundation.config.ConfigSource;
import io.patchbay.foundation.config.PatchbayConfig;
import io.patchbay.foundation.database.Database;
import io.patchbay.server.TestServer;
import io.patchbay.server.process.Account;
import io.patchbay.server.process.ServerProcess;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A server of this test, with its users.
 *
 * @param root the administrator, signed in
 * @param users all others, with more credits than they can spend
 */
record BoundsSite(ServerProcess server, TestServer.Client root, List<Account> users) implements AutoCloseable {
    private static final long PLENTY = 1_000_000;

    /**
     * Starts a server.
     *
     * @param home an empty folder
     * @param settings its environment
     * @param options of its virtual machine
     * @param users how many there are
     */
    static BoundsSite start(Path home, Map<String, String> settings, List<String> options, int users) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("PATCHBAY_HOME", home.toString());
        all.put("SERVER_HOST", "127.0.0.1");
        all.put("ROOT_PASSWORD", TestServer.PASSWORD);
        List<Account> accounts = create(home, all, users);
        ServerProcess server = ServerProcess.start(all, options, home.resolve("server-output.log"));
        try {
            server.awaitReady();
            TestServer.Client root = new TestServer.Client(server.uri());
            root.signIn();
            for (Account account : accounts) {
                JsonNode given = root.post(
                        "/api/admin/user/quota", Map.of("id", account.id(), "quota", PLENTY, "override", true));
                if (!given.path("status").asBoolean()) {
                    throw new AssertionError("no credits: " + given);
                }
            }
            return new BoundsSite(server, root, accounts);
        } catch (Throwable e) {
            server.close();
            throw e;
        }
    }

    private static List<Account> create(Path home, Map<String, String> settings, int users) {
        PatchbayConfig config = PatchbayConfig.from(home, ConfigSource.load(home, settings));
        List<String> names =
                IntStream.range(0, users).mapToObj(number -> "user" + number).toList();
        try (Database database = Database.open(config.database(), Accounts.mappers())) {
            return List.copyOf(
                    Account.create(database, config, names, TestServer.PASSWORD).values());
        }
    }

    URI uri() {
        return server.uri();
    }

    /** Returns the key of one of the users, who take turns. */
    String key(int turn) {
        return users.get(turn % users.size()).key();
    }

    /** Returns a meter without labels. */
    double meter(String name) {
        return root.send("GET", "/metrics", null, "")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no meter " + name));
    }

    @Override
    public void close() {
        server.close();
    }
}
