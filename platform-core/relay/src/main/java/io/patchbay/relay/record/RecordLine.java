package io.patchbay.relay.record;

/** One line of the request log: a relayed call, or a change of a balance that was no call. Immutable. */
public sealed interface RecordLine {
    /** Returns when it was, in epoch milliseconds. */
    long at();

    /** Returns whose it is. */
    long userId();

    /** Returns what tells lines of one moment apart; the same kind of line never has the same twice. */
    String id();

    /** Returns which type clients know it by; never {@link RecordQuery.Type#ALL}. */
    RecordQuery.Type type();

    /**
     * A relayed call.
     *
     * @param record with what its task was charged later, when it had one
     */
    record Call(RequestRecord record) implements RecordLine {
        @Override
        public long at() {
            return record.startedAt();
        }

        @Override
        public long userId() {
            return record.userId();
        }

        @Override
        public String id() {
            return record.requestId();
        }

        @Override
        public RecordQuery.Type type() {
            return RecordQuery.Type.CONSUME;
        }
    }

    /** A line of the ledger. */
    record Change(LedgerLine line) implements RecordLine {
        @Override
        public long at() {
            return line.createdAt();
        }

        @Override
        public long userId() {
            return line.userId();
        }

        @Override
        public String id() {
            return Long.toString(line.id());
        }

        @Override
        public RecordQuery.Type type() {
            return line.micro() > 0 ? RecordQuery.Type.TOPUP : RecordQuery.Type.SYSTEM;
        }
    }
}
