package io.patchbay.relay.record;

import io.patchbay.billing.ledger.LedgerEntry.Kind;
import java.util.Arrays;
import java.util.List;

/**
 * A line of the ledger that is no call.
 *
 * @param id rises with time within one account
 * @param micro the signed change of the balance, in micro-credits
 * @param actor who caused it, number and name: {@code 7:alice}
 * @param reason one line for the reader, may be empty
 * @param createdAt epoch milliseconds
 */
record LedgerLine(long id, long userId, long micro, String actor, String reason, long createdAt) {
    /** The kinds of lines that are no outcome of a call, whatever kinds the ledger learns to write. */
    static final List<String> KINDS = Arrays.stream(Kind.values())
            .filter(kind -> kind != Kind.SETTLE && kind != Kind.RELEASE)
            .map(Enum::name)
            .toList();
}
