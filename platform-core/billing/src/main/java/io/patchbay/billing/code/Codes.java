package io.patchbay.billing.code;

import io.patchbay.accounts.AuditLog;
import io.patchbay.billing.Credits;
import io.patchbay.billing.ledger.Actor;
import io.patchbay.billing.ledger.Ledger;
import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.ids.RequestId;
import io.patchbay.foundation.json.Json;
import io.patchbay.foundation.problem.Problem;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Gift codes and redeem codes. Safe for use by many threads, on any number of nodes.
 *
 * <p>Refusals are {@link IllegalArgumentException} with a sentence for whoever asked. What administrators do is
 * recorded in the audit log, in the same transaction, without the codes themselves.
 */
public final class Codes {
    /** The most codes that {@link #unused} and {@link #ofBatch} return at once. */
    public static final int PAGE = 1_000;

    /** How many rows one statement inserts. */
    private static final int SLICE = 1_000;

    /** What the column can hold. Blanks are refused because databases disagree about those at the end. */
    private static final Pattern CODE = Pattern.compile("[!-~]{1,64}");

    private final Database database;
    private final Ledger ledger;
    private final AuditLog audit;
    private final InstantSource clock;

    /** Makes the codes of a database, whose accounts a ledger keeps. All parts stay the caller's. */
    public Codes(Database database, Ledger ledger, AuditLog audit, InstantSource clock) {
        this.database = database;
        this.ledger = ledger;
        this.audit = audit;
        this.clock = clock;
    }

    /** Returns the mapper types that the database must know. */
    public static List<Class<?>> mappers() {
        return List.of(CodeMapper.class);
    }

    /**
     * Uses a code for a user and returns what was credited, in micro-credits, when that is durable.
     *
     * @param kind of which kind it must be
     * @param code the text of the user; upper and lower case differ
     * @throws IllegalArgumentException when there is no such code, it is used up or expired, the user has used it or,
     *     for gifts, another one of its type, or his account could not hold so much
     * @throws Problem of kind UNAVAILABLE as for {@link Ledger#reserve}
     */
    public long use(CodeKind kind, String code, Actor user) {
        if (!CODE.matcher(code).matches()) {
            throw kind.unknown();
        }
        // Each attempt has a key of its own: a repetition inside the ledger finds its own line and nobody else's.
        return ledger.perform(new UseCode(RequestId.next(), user.userId(), user, kind, code, clock.instant()));
    }

    /** Generates codes and returns them when they are stored, all or none. */
    public CodeBatch generate(CodeOrder order, String admin) {
        Set<String> made = new LinkedHashSet<>();
        while (made.size() < order.number()) {
            made.add(order.kind().next(order.type()));
        }
        CodeBatch batch = new CodeBatch(RequestId.next(), List.copyOf(made), clock.instant());
        database.write(tx -> {
            CodeMapper mapper = tx.mapper(CodeMapper.class);
            for (List<String> slice : slices(batch.codes())) {
                mapper.insert(
                        Json.write(slice),
                        order,
                        batch.id(),
                        admin,
                        batch.createdAt().toEpochMilli());
            }
            audit.record(tx, admin, "code.generate", "batch " + batch.id(), summary(order));
            return true;
        });
        return batch;
    }

    /**
     * Deletes a code that nobody has used; one that was used and could be used again expires now and is kept, because
     * the ledger speaks of it.
     *
     * @throws IllegalArgumentException when there is no such code, or it was used and cannot be used any more
     */
    public void delete(CodeKind kind, String code, String admin) {
        if (!CODE.matcher(code).matches()) {
            throw kind.unknown();
        }
        database.write(tx -> {
            CodeMapper mapper = tx.mapper(CodeMapper.class);
            CodeMapper.Worth worth = mapper.lock(code);
            if (worth == null || !kind.fits(worth.type())) {
                throw kind.unknown();
            }
            String done = mapper.deleteUnused(code) > 0
                    ? "code.delete"
                    : mapper.expire(code, clock.millis()) > 0 ? "code.expire" : null;
            if (done == null) {
                throw new IllegalArgumentException(
                        "this %s has been used; it is kept, because the ledger speaks of it".formatted(kind.title()));
            }
            audit.record(tx, admin, done, "batch " + worth.batch(), "one " + kind.title());
            return true;
        });
    }

    /**
     * Returns a part of a list, newest first.
     *
     * @param offset how many rows to leave out, not negative
     * @param limit how many rows at most
     */
    public CodePage page(CodeFilter filter, long offset, int limit) {
        // Nothing else can be part of a code or of the name of a batch.
        if (!filter.search().isEmpty() && !CODE.matcher(filter.search()).matches()) {
            return new CodePage(List.of(), 0);
        }
        return database.read(
                CodeMapper.class, mapper -> new CodePage(mapper.page(filter, limit, offset), mapper.count(filter)));
    }

    /**
     * Returns up to {@link #PAGE} codes that are not used up, in the order of their texts.
     *
     * @param after the last code of the part before; empty for the first part
     */
    public List<CodeRow> unused(CodeKind kind, String after) {
        return database.read(CodeMapper.class, mapper -> mapper.open(kind == CodeKind.REDEEM, after, PAGE));
    }

    /** Returns up to {@link #PAGE} codes of a batch, used or not, otherwise as {@link #unused}. */
    public List<CodeRow> ofBatch(CodeKind kind, String batch, String after) {
        return CODE.matcher(batch).matches()
                ? database.read(CodeMapper.class, mapper -> mapper.ofBatch(batch, kind == CodeKind.REDEEM, after, PAGE))
                : List.of();
    }

    private static List<List<String>> slices(List<String> codes) {
        List<List<String>> slices = new ArrayList<>();
        for (int from = 0; from < codes.size(); from += SLICE) {
            slices.add(codes.subList(from, Math.min(codes.size(), from + SLICE)));
        }
        return slices;
    }

    private static String summary(CodeOrder order) {
        Instant end = order.expiresAt();
        return "%d %ss%s of %s credits, %d uses each%s"
                .formatted(
                        order.number(),
                        order.kind().title(),
                        order.type() == null ? "" : " of type " + order.type(),
                        Credits.toDecimal(order.micro()).toPlainString(),
                        order.maxUses(),
                        end == null ? "" : ", until " + end);
    }
}
