package io.patchbay.relay.record;

import io.patchbay.accounts.Accounts;
import io.patchbay.accounts.KeyScope;
import io.patchbay.accounts.User;
import io.patchbay.billing.Billing;
import io.patchbay.billing.TokenUsage;
import io.patchbay.billing.ledger.Actor;
import io.patchbay.billing.ledger.Ledger;
import io.patchbay.billing.ledger.NodeIdentity;
import io.patchbay.billing.ledger.Reservation;
import io.patchbay.billing.ledger.Settlement;
import io.patchbay.foundation.config.SecurityConfig;
import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.problem.ProblemMapper;
import io.patchbay.foundation.request.ClientAddress;
import io.patchbay.foundation.request.RequestContextFilter;
import io.patchbay.foundation.state.SharedState;
import io.patchbay.foundation.testing.SettableClock;
import io.patchbay.foundation.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.ResourceConfig;
import org.jspecify.annotations.Nullable;

/** The routes of the request log over a database, a ledger and accounts of their own, without a server around them. */
final class RecordWorld implements AutoCloseable {
    /** Runs any statement. */
    interface Raw {
        @Update("${sql}")
        int run(@Param("sql") String sql);

        @Select("${sql}")
        long number(@Param("sql") String sql);
    }

    /** Kept here, because the JDK forgets settings of unused loggers. */
    private static final Logger JERSEY = Logger.getLogger("org.glassfish.jersey");

    private static final URI BASE = URI.create("http://localhost/api/");

    final SettableClock clock = new SettableClock(Instant.parse("2030-03-10T12:00:00Z"));
    final Database database;
    final Accounts accounts;
    final Ledger ledger;
    final Records records;
    private final Recording recording;
    private final ApplicationHandler handler;

    record Answer(int status, String text, String type, String disposition) {}

    RecordWorld(TestDatabase kind, Path folder) {
        JERSEY.setLevel(Level.SEVERE);
        List<Class<?>> mappers = new ArrayList<>(Recording.mappers());
        mappers.addAll(Accounts.mappers());
        mappers.addAll(Billing.mappers());
        mappers.add(Raw.class);
        database = kind.open(folder, mappers.toArray(Class<?>[]::new));
        SharedState state = SharedState.inProcess(clock);
        accounts = Accounts.open(
                database,
                state,
                new SecurityConfig("a-secret-of-thirty-two-bytes-or-more".getBytes(StandardCharsets.UTF_8), null),
                clock);
        ledger = Ledger.start(database, new NodeIdentity("node-1", "process-1"), clock);
        records = new Records(database, clock);
        recording = Recording.open(database, state.bus(), clock);
        ResourceConfig config = new ResourceConfig();
        accounts.filters().forEach(config::register);
        recording.resources(accounts).forEach(config::register);
        config.register(new ProblemMapper());
        config.register(new RequestContextFilter(new ClientAddress(List.of()), request -> "198.51.100.1"));
        handler = new ApplicationHandler(config);
    }

    User user(String name) {
        return accounts.users().create(name, name + "@example.com", "password of " + name, false);
    }

    User admin(String name) {
        return accounts.users().create(name, null, "password of " + name, true);
    }

    long key(User owner, String name) {
        return accounts.apiKeys()
                .create(owner.id(), name, Set.of(KeyScope.ALL), "test")
                .key()
                .id();
    }

    void store(RequestRecord... calls) {
        database.write(transaction -> RequestRecordMapper.insert(transaction, List.of(calls)));
    }

    /** Stores a call that is as plain as can be. */
    void call(String id, long user, String at) {
        store(Calls.call(id, user, Instant.parse(at)));
    }

    void credit(long user, long micro, String reason) {
        ledger.credit(user, micro, new Actor(1, "chief"), reason);
    }

    /** Books a task as {@code TaskMoney} does, and its row as far as the request log reads it. */
    void paidTask(String task, String request, String hold, long user, long micro) {
        ledger.reserve(new Reservation(hold, user, micro, "sora", 1, clock.instant()));
        ledger.settle(hold, new Settlement(micro, new TokenUsage(70, 80, 0, 0, false), "task " + task))
                .join();
        run("""
                INSERT INTO task (id, request_id, user_id, channel_id, channel_type, key_mark, action, model, public_model,
                    hook_hash, node, phase, progress, artifacts, buttons, memo, hold, held, price_version, input_estimate,
                    closed, next_check_at, checks, version, created_at, updated_at)
                VALUES ('%1$s', '%2$s', %4$d, 3, 'openai', 'k', 'video', 'sora', 'sora', 'hash-%1$s', 'node-1',
                    'SUCCEEDED', 100, '[]', '[]', '', '%3$s', %5$d, 1, 0, 1, 0, 0, 1, 0, 0)""".formatted(task, request, hold, user, micro));
    }

    int run(String sql) {
        return database.write(transaction -> transaction.mapper(Raw.class).run(sql));
    }

    long number(String sql) {
        return database.read(Raw.class, mapper -> mapper.number(sql));
    }

    Answer get(@Nullable User caller, String path) {
        return send(caller, "GET", path, "", new ByteArrayOutputStream());
    }

    Answer post(@Nullable User caller, String path, String json) {
        return send(caller, "POST", path, json, new ByteArrayOutputStream());
    }

    /** Sends a request whose answer goes where the caller says. */
    Answer send(@Nullable User caller, String method, String path, String body, OutputStream out) {
        ContainerRequest request = new ContainerRequest(
                BASE, BASE.resolve(path), method, null, new MapPropertiesDelegate(), handler.getConfiguration());
        if (caller != null) {
            request.header("Authorization", "Bearer " + accounts.signIn().token(caller));
        }
        request.header("Content-Type", "application/json");
        request.setEntityStream(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
        try {
            ContainerResponse response = handler.apply(request, out).get();
            String text = out instanceof ByteArrayOutputStream bytes ? bytes.toString(StandardCharsets.UTF_8) : "";
            return new Answer(
                    response.getStatus(),
                    text,
                    String.valueOf(response.getMediaType()),
                    String.valueOf(response.getHeaderString("Content-Disposition")));
        } catch (Exception e) {
            throw new AssertionError(method + " " + path + " failed", e);
        }
    }

    /** Starts a sweeper that does not wait for an hour. */
    RecordSweeper sweeper(int days) {
        return RecordSweeper.start(
                database, () -> new RecordRetention(days), clock, Duration.ofMillis(1), Duration.ofMillis(1));
    }

    @Override
    public void close() {
        recording.close();
        ledger.close();
        accounts.close();
        database.close();
    }
}
