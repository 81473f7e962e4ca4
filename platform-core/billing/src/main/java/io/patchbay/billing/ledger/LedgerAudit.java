package io.patchbay.billing.ledger;

import io.patchbay.foundation.database.Database;
import java.util.ArrayList;
import java.util.List;

/**
 * Proves from the tables alone that the ledger is sound: every request has one outcome, every balance is what was credited
 * minus what was settled, every hold belongs to an open reservation, and nobody is overdrawn beyond the stated bound.
 *
 * <p>Reads everything, in one transaction; on SQLite that keeps writers waiting. Meant for tests, for the time after a
 * crash and for an administrator who wants to know.
 */
public final class LedgerAudit {
    private static final int LIMIT = 100;

    private final Database database;

    /** Makes an audit over a database, which stays the caller's. */
    public LedgerAudit(Database database) {
        this.database = database;
    }

    /** The rules that are checked. */
    public enum Rule {
        /** A closed reservation has exactly one outcome. */
        ONE_OUTCOME,
        /** An open reservation has no outcome, and a closed one has the kind that its state says, of the same user. */
        STATE_MATCHES_OUTCOME,
        /** A reservation has a closing time exactly when it is closed. */
        STATE_MATCHES_CLOSING_TIME,
        /** An outcome has a reservation. */
        OUTCOME_HAS_RESERVATION,
        /** A settlement never adds credits, a release moves none, and nothing negative is written off. */
        POSSIBLE_AMOUNTS,
        /** The balance of an account is the sum of its entries. */
        BALANCE_IS_SUM_OF_ENTRIES,
        /** What an account used is the sum of its settlements and plans, less what was refunded. */
        USED_IS_SUM_OF_SETTLEMENTS,
        /** What an account holds is the sum of its open reservations. */
        RESERVED_IS_SUM_OF_OPEN,
        /** An entry belongs to an account. */
        ENTRY_HAS_ACCOUNT,
        /** No balance is below minus the largest reservation, unless an administrator took credits away. */
        OVERDRAWN_WITHIN_BOUND,
        /** A counter of a plan has at least the units that open reservations took, and never less than none. */
        PLAN_UNITS_COVER_OPEN,
        /** A refund gives back what was charged. */
        REFUND_IS_CHARGE,
        /** A code was used as often as its uses are recorded, and not more often than allowed. */
        CODE_USES_ARE_RECORDED,
        /** The credits of a user's codes are in the ledger. */
        CODE_CREDITS_ARE_BOOKED
    }

    /**
     * One broken rule.
     *
     * @param rule which one
     * @param subject the request id or user number
     * @param recorded what the row of the subject says
     * @param computed what follows from the other rows
     */
    public record Violation(Rule rule, String subject, long recorded, long computed) {}

    /** Returns what is wrong, at most 100 subjects for each rule; empty when the ledger is sound. */
    public List<Violation> violations() {
        // A write transaction, because only that is one consistent view on both databases.
        return database.write(tx -> {
            AuditMapper mapper = tx.mapper(AuditMapper.class);
            List<Violation> found = new ArrayList<>();
            add(found, Rule.ONE_OUTCOME, mapper.closedWithoutOneOutcome(LIMIT));
            add(found, Rule.STATE_MATCHES_OUTCOME, mapper.stateAgainstOutcome(LIMIT));
            add(found, Rule.STATE_MATCHES_CLOSING_TIME, mapper.stateAgainstClosingTime(LIMIT));
            add(found, Rule.OUTCOME_HAS_RESERVATION, mapper.outcomeWithoutReservation(LIMIT));
            add(found, Rule.POSSIBLE_AMOUNTS, mapper.impossibleAmounts(LIMIT));
            add(found, Rule.BALANCE_IS_SUM_OF_ENTRIES, mapper.balances(LIMIT));
            add(found, Rule.USED_IS_SUM_OF_SETTLEMENTS, mapper.used(LIMIT));
            add(found, Rule.RESERVED_IS_SUM_OF_OPEN, mapper.reserved(LIMIT));
            add(found, Rule.ENTRY_HAS_ACCOUNT, mapper.entriesWithoutAccount(LIMIT));
            add(found, Rule.OVERDRAWN_WITHIN_BOUND, mapper.overdrawn(LIMIT));
            add(found, Rule.PLAN_UNITS_COVER_OPEN, mapper.planUnits(LIMIT));
            add(found, Rule.REFUND_IS_CHARGE, mapper.refunds(LIMIT));
            add(found, Rule.CODE_USES_ARE_RECORDED, mapper.codes(LIMIT));
            add(found, Rule.CODE_CREDITS_ARE_BOOKED, mapper.codeCredits(LIMIT));
            return found;
        });
    }

    private static void add(List<Violation> found, Rule rule, List<AuditMapper.Difference> differences) {
        for (AuditMapper.Difference difference : differences) {
            found.add(new Violation(rule, difference.subject(), difference.recorded(), difference.computed()));
        }
    }
}
