package io.patchbay.relay.reconcile;

import io.patchbay.accounts.Accounts;
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
import io.patchbay.relay.record.RequestRecord;
import io.patchbay.relay.record.RequestRecordMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Update;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.ResourceConfig;
import org.jspecify.annotations.Nullable;

/** The reconciliation over a database, a ledger and accounts of their own, without a server around them. */
final class ReconcileWorld implements AutoCloseable {
    /** Runs any statement. */
    interface Raw {
        @Update("${sql}")
        int run(@Param("sql") String sql);
    }

    /** Kept here, because the JDK forgets settings of unused loggers. */
    private static final Logger JERSEY = Logger.getLogger("org.glassfish.jersey");

    private static final URI BASE = URI.create("http://localhost/api/");

    final Database database;
    final Reconciliation reconciliation;
    final User admin;
    final User ann;
    private final SettableClock clock = new SettableClock(Instant.parse("2030-03-12T12:00:00Z"));
    private final Accounts accounts;
    private final Ledger ledger;
    private final ApplicationHandler handler;
    private int calls;

    /** What a client got. */
    record Answer(int status, String text, String type, String disposition) {}

    /**
     * A call of which the rest is the same for all: 1.5 credits, 4 cached tokens.
     *
     * @param channel that answered
     */
    record Call(String model, long channel, String at, String outcome, int attempts, long input, long output) {
        static Call of(String model, String at, long input, long output) {
            return new Call(model, 3, at, "answered", 1, input, output);
        }

        Call ended(String outcome, int attempts) {
            return new Call(model, channel, at, outcome, attempts, input, output);
        }

        Call on(long channel) {
            return new Call(model, channel, at, outcome, attempts, input, output);
        }
    }

    ReconcileWorld(TestDatabase kind, Path folder) {
        JERSEY.setLevel(Level.SEVERE);
        List<Class<?>> mappers = new ArrayList<>(Reconciliation.mappers());
        mappers.add(RequestRecordMapper.class);
        mappers.addAll(Accounts.mappers());
        mappers.addAll(Billing.mappers());
        mappers.add(Raw.class);
        database = kind.open(folder, mappers.toArray(Class<?>[]::new));
        accounts = Accounts.open(
                database,
                SharedState.inProcess(clock),
                new SecurityConfig("a-secret-of-thirty-two-bytes-or-more".getBytes(StandardCharsets.UTF_8), null),
                clock);
        ledger = Ledger.start(database, new NodeIdentity("node-1", "process-1"), clock);
        admin = accounts.users().create("chief", null, "password of chief", true);
        ann = accounts.users().create("ann", "ann@example.com", "password of ann", false);
        reconciliation = new Reconciliation(database);
        ResourceConfig config = new ResourceConfig();
        accounts.filters().forEach(config::register);
        config.register(new ReconcileResource(reconciliation));
        config.register(new ProblemMapper());
        config.register(new RequestContextFilter(new ClientAddress(List.of()), request -> "198.51.100.1"));
        handler = new ApplicationHandler(config);
    }

    void store(Call... stored) {
        for (Call call : stored) {
            store(call, "", false);
        }
    }

    void storeEstimated(Call call) {
        store(call, "", true);
    }

    private void store(Call call, String task, boolean estimated) {
        RequestRecord done = new RequestRecord(
                "r" + calls++,
                ann.id(),
                0,
                "public-" + call.model(),
                call.model(),
                call.channel(),
                "openai",
                "1.2.0",
                1,
                true,
                call.outcome(),
                "",
                call.attempts(),
                task.isEmpty() ? call.input() : 0,
                task.isEmpty() ? call.output() : 0,
                task.isEmpty() ? 4 : 0,
                0,
                estimated,
                task.isEmpty() ? 1_500_000 : 0,
                0,
                "",
                200,
                "channel " + call.channel(),
                task,
                Instant.parse(call.at()).toEpochMilli(),
                320,
                1_234,
                "");
        database.write(transaction -> RequestRecordMapper.insert(transaction, List.of(done)));
    }

    /** Stores a call that ordered a task, which is paid for afterwards with the call's tokens and 2.25 credits. */
    void storePaidTask(Call call, String task) {
        store(call, task, false);
        ledger.credit(ann.id(), 5_000_000, new Actor(1, "chief"), "to begin with");
        ledger.reserve(new Reservation("hold-" + task, ann.id(), 2_250_000, call.model(), 1, clock.instant()));
        ledger.settle(
                        "hold-" + task,
                        new Settlement(
                                2_250_000, new TokenUsage(call.input(), call.output(), 0, 0, false), "task " + task))
                .join();
        database.write(transaction -> transaction.mapper(Raw.class).run("""
                INSERT INTO task (id, request_id, user_id, channel_id, channel_type, key_mark, action, model,
                    public_model, hook_hash, node, phase, progress, artifacts, buttons, memo, hold, held, price_version,
                    input_estimate, closed, next_check_at, checks, version, created_at, updated_at)
                VALUES ('%1$s', 'r', %2$d, 3, 'openai', 'k', 'video', 'sora', 'sora', 'hash-%1$s', 'node-1',
                    'SUCCEEDED', 100, '[]', '[]', '', 'hold-%1$s', 2250000, 1, 0, 1, 0, 0, 1, 0, 0)
                """.formatted(task, ann.id())));
    }

    /** Compares with an export in CSV, days in a zone, calls of channel 3, days as the export has them. */
    ReconcileReport report(String zone, String tolerance, String export) {
        return report(ReconcileQuery.read("3", null, null, zone, tolerance), export);
    }

    ReconcileReport report(ReconcileQuery query, String export) {
        return reconciliation.report(
                query,
                ExportReader.csv(
                        export.getBytes(StandardCharsets.UTF_8),
                        ZoneId.of(query.zone().getId())));
    }

    Answer post(@Nullable User caller, String path, @Nullable String accept, @Nullable String type, String body) {
        return post(caller, path, accept, type, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    Answer post(@Nullable User caller, String path, @Nullable String accept, @Nullable String type, InputStream body) {
        ContainerRequest request = new ContainerRequest(
                BASE, BASE.resolve(path), "POST", null, new MapPropertiesDelegate(), handler.getConfiguration());
        if (caller != null) {
            request.header("Authorization", "Bearer " + accounts.signIn().token(caller));
        }
        if (accept != null) {
            request.header("Accept", accept);
        }
        if (type != null) {
            request.header("Content-Type", type);
        }
        request.setEntityStream(body);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ContainerResponse response = handler.apply(request, out).get();
            return new Answer(
                    response.getStatus(),
                    out.toString(StandardCharsets.UTF_8),
                    String.valueOf(response.getMediaType()),
                    String.valueOf(response.getHeaderString("Content-Disposition")));
        } catch (Exception e) {
            throw new AssertionError("POST " + path + " failed", e);
        }
    }

    @Override
    public void close() {
        ledger.close();
        accounts.close();
        database.close();
    }
}
