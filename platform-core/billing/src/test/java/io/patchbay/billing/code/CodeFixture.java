package io.patchbay.billing.code;

import io.patchbay.accounts.AuditLog;
import io.patchbay.billing.ledger.Actor;
import io.patchbay.billing.ledger.Ledger;
import io.patchbay.billing.testing.LedgerFixture;
import io.patchbay.foundation.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Codes on a database of their own, for one test. */
final class CodeFixture implements AutoCloseable {
    static final long CREDIT = 1_000_000;

    final LedgerFixture money;
    final AuditLog audit;
    final Codes codes;

    CodeFixture(TestDatabase kind, Path folder) {
        money = new LedgerFixture(kind, folder);
        audit = new AuditLog(money.database(), money.clock());
        codes = node(money.ledger());
    }

    /** Returns the codes as another node sees them. */
    Codes node(Ledger ledger) {
        return new Codes(money.database(), ledger, audit, money.clock());
    }

    String gift(String type, long credits) {
        return codes.generate(order(CodeKind.GIFT, type, credits, 1, 1, null), "chief")
                .codes()
                .getFirst();
    }

    String redeem(long credits, int maxUses) {
        return codes.generate(order(CodeKind.REDEEM, null, credits, 1, maxUses, null), "chief")
                .codes()
                .getFirst();
    }

    static CodeOrder order(
            CodeKind kind, @Nullable String type, long credits, int number, int maxUses, @Nullable Instant expiresAt) {
        return new CodeOrder(kind, type, credits * CREDIT, number, maxUses, expiresAt);
    }

    static Actor user(long id) {
        return new Actor(id, "user" + id);
    }

    /** Uses a code and returns what came of it: {@code ok 5} or the sentence of the refusal. */
    static String attempt(Codes codes, CodeKind kind, String code, long user) {
        try {
            return "ok " + codes.use(kind, code, user(user)) / CREDIT;
        } catch (IllegalArgumentException refusal) {
            return String.valueOf(refusal.getMessage());
        }
    }

    String invite(String code, long user) {
        return attempt(codes, CodeKind.GIFT, code, user);
    }

    String redeem(String code, long user) {
        return attempt(codes, CodeKind.REDEEM, code, user);
    }

    long owned(long user) {
        return money.ledger().balance(user).owned() / CREDIT;
    }

    static <T> List<T> inParallel(List<Callable<T>> calls) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(calls)) {
                results.add(future.get());
            }
            return results;
        }
    }

    @Override
    public void close() {
        money.close();
    }
}
