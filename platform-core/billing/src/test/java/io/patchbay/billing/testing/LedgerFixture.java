package io.patchbay.billing.testing;

import io.patchbay.accounts.Accounts;
import io.patchbay.billing.Billing;
import io.patchbay.billing.TokenUsage;
import io.patchbay.billing.ledger.Actor;
import io.patchbay.billing.ledger.Ledger;
import io.patchbay.billing.ledger.LedgerAudit;
import io.patchbay.billing.ledger.LedgerLimits;
import io.patchbay.billing.ledger.NodeIdentity;
import io.patchbay.billing.ledger.Outcome;
import io.patchbay.billing.ledger.Reservation;
import io.patchbay.billing.ledger.Settlement;
import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.ids.RequestId;
import io.patchbay.foundation.testing.SettableClock;
import io.patchbay.foundation.testing.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** A database of its own with a ledger on it, for one test. */
public final class LedgerFixture implements AutoCloseable {
    /** Runs any statement, for damage that the ledger itself would never do. */
    public interface RawMapper {
        @Update("${sql}")
        int run(@Param("sql") String sql);

        @Select("${sql}")
        long number(@Param("sql") String sql);
    }

    public static final Actor ADMIN = new Actor(1, "root");

    private final SettableClock clock = new SettableClock();
    private final Database database;
    private final NodeIdentity identity = new NodeIdentity("node-1", RequestId.next());
    private Ledger ledger;

    public LedgerFixture(TestDatabase kind, Path folder) {
        List<Class<?>> mappers = new ArrayList<>(Billing.mappers());
        mappers.addAll(Accounts.mappers());
        mappers.add(RawMapper.class);
        this.database = kind.open(folder, mappers.toArray(Class<?>[]::new));
        this.ledger = Ledger.start(database, identity, clock);
    }

    public Ledger ledger() {
        return ledger;
    }

    public Database database() {
        return database;
    }

    public SettableClock clock() {
        return clock;
    }

    public NodeIdentity identity() {
        return identity;
    }

    /** Ends the ledger as a stopped server would and starts another one as a later process of the node. */
    public Ledger restart() {
        ledger.close();
        ledger = Ledger.start(database, new NodeIdentity(identity.node(), RequestId.next()), clock);
        return ledger;
    }

    /** Starts the ledger again with other limits. */
    public Ledger restart(LedgerLimits limits) {
        ledger.close();
        ledger = Ledger.start(database, identity, clock, limits);
        return ledger;
    }

    public void credit(long user, long micro) {
        ledger.credit(user, micro, ADMIN, "test");
    }

    public void reserve(String request, long user, long micro) {
        ledger.reserve(reservation(request, user, micro));
    }

    public Reservation reservation(String request, long user, long micro) {
        return new Reservation(request, user, micro, "gpt-4o", 3, clock.instant());
    }

    public Outcome settle(String request, long micro) {
        return ledger.settle(request, settlement(micro)).join();
    }

    public static Settlement settlement(long micro) {
        return new Settlement(micro, new TokenUsage(10, 20, 5, 7, false), "");
    }

    public int run(String sql) {
        return database.write(tx -> tx.mapper(RawMapper.class).run(sql));
    }

    public long number(String sql) {
        return database.read(RawMapper.class, mapper -> mapper.number(sql));
    }

    public List<LedgerAudit.Violation> violations() {
        return new LedgerAudit(database).violations();
    }

    @Override
    public void close() {
        ledger.close();
        database.close();
    }
}
