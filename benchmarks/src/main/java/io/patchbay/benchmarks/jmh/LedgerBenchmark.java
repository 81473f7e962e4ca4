package io.patchbay.benchmarks.jmh;

import io.patchbay.billing.Billing;
import io.patchbay.billing.TokenUsage;
import io.patchbay.billing.ledger.Actor;
import io.patchbay.billing.ledger.Ledger;
import io.patchbay.billing.ledger.LedgerAudit;
import io.patchbay.billing.ledger.NodeIdentity;
import io.patchbay.billing.ledger.Outcome;
import io.patchbay.billing.ledger.Reservation;
import io.patchbay.billing.ledger.Settlement;
import io.patchbay.foundation.ids.RequestId;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * Reserving and settling one call after the other, each step durable before the next, in a ledger on SQLite. An operation
 * is a pair; 16 users share the threads, which are virtual, as they are in the server.
 */
@Fork(jvmArgsAppend = "-Djmh.executor=VIRTUAL")
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class LedgerBenchmark {
    private static final int USERS = 16;
    private static final long PLENTY = 1_000_000_000_000L;
    private static final Settlement SETTLEMENT = new Settlement(700, new TokenUsage(19, 35, 0, 0, false), "");

    /** The ledger that all threads use. */
    @State(Scope.Benchmark)
    public static class Site {
        private final InstantSource clock = InstantSource.system();
        private ScratchDatabase scratch;
        private Ledger ledger;
        private long toldOperations;
        private long toldTransactions;

        /** Opens an empty database and gives each user credits. */
        @Setup
        public void open() throws IOException {
            scratch = ScratchDatabase.open(Billing.mappers());
            ledger = Ledger.start(scratch.database(), new NodeIdentity("node-1", RequestId.next()), clock);
            for (int user = 1; user <= USERS; user++) {
                ledger.credit(user, PLENTY, new Actor(1, "root"), "benchmark");
            }
        }

        /** Lets the ledger prove that it is sound, and closes all. */
        @TearDown
        public void close() throws IOException {
            ledger.close();
            if (!new LedgerAudit(scratch.database()).violations().isEmpty()) {
                throw new IllegalStateException("the ledger is not sound");
            }
            scratch.close();
        }

        /** Tells what was committed since it was last asked; whoever asks first gets nearly all of it. */
        private synchronized void tell(Client client) {
            long operations = ledger.committedOperations();
            long transactions = ledger.committedBatches();
            client.operations = operations - toldOperations;
            client.transactions = transactions - toldTransactions;
            toldOperations = operations;
            toldTransactions = transactions;
        }
    }

    /** One thread, and its share of what was committed. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Client {
        public long operations;
        public long transactions;
        private long user;

        /** Chooses whose credits this thread spends. */
        @Setup
        public void begin(ThreadParams thread) {
            user = thread.getThreadIndex() % USERS + 1L;
        }

        /** Counts. */
        @TearDown(Level.Iteration)
        public void count(Site site) {
            site.tell(this);
        }
    }

    /** One caller. */
    @Benchmark
    @Threads(1)
    public Outcome alone(Site site, Client client) {
        return pair(site, client);
    }

    /** A busy site. */
    @Benchmark
    @Threads(16)
    public Outcome few(Site site, Client client) {
        return pair(site, client);
    }

    /** A crowded site. */
    @Benchmark
    @Threads(64)
    public Outcome many(Site site, Client client) {
        return pair(site, client);
    }

    private static Outcome pair(Site site, Client client) {
        String request = RequestId.next();
        site.ledger.reserve(new Reservation(request, client.user, 1_000, "gpt-5.4-mini", 3, site.clock.instant()));
        return site.ledger.settle(request, SETTLEMENT).join();
    }
}
