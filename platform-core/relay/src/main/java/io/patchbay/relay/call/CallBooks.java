package io.patchbay.relay.call;

import io.patchbay.accounts.Caller;
import io.patchbay.billing.TokenUsage;
import io.patchbay.billing.admission.Admitted;
import io.patchbay.billing.ledger.Outcome;
import io.patchbay.billing.ledger.Settlement;
import io.patchbay.foundation.log.LogContext;
import io.patchbay.relay.record.RequestRecord;
import io.patchbay.spi.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What is written down of one call: its outcome in the ledger, its record, what the operator must know. Confined to the
 * call's serial.
 */
final class CallBooks {
    private static final Logger log = LoggerFactory.getLogger(CallBooks.class);
    private static final int MAX_NOTES = 32;

    /**
     * The call as its books name it.
     *
     * @param model the public model name, after modifiers
     */
    record Heading(String requestId, Caller caller, String model, boolean streamed, Instant startedAt) {}

    private final RelayServices services;
    private final Heading heading;
    private final Admitted admitted;
    private final Map<String, String> notes = new LinkedHashMap<>();
    private long firstTokenMs = -1;

    /** Opens the books of an admitted call. */
    CallBooks(RelayServices services, Heading heading, Admitted admitted) {
        this.services = services;
        this.heading = heading;
        this.admitted = admitted;
        services.metrics().begun();
    }

    /** Keeps a fact for the record; what is too much is left out. */
    void note(String key, String value) {
        if (notes.size() < MAX_NOTES || notes.containsKey(key)) {
            notes.put(key, value.replace('\n', ' '));
        }
    }

    /** Marks the first content; later calls change nothing. */
    void firstContent() {
        if (firstTokenMs < 0) {
            firstTokenMs = elapsedMs();
        }
    }

    /** Charges what was used and ends the hold. */
    CompletableFuture<Outcome> settle(TokenUsage used, String note) {
        return services.ledger().settle(heading.requestId(), new Settlement(admitted.cost(used), used, note));
    }

    /**
     * Charges what was used for pictures and ends the hold.
     *
     * @param pictures how many were made; a price for a call is charged for each, up to as many as were asked for
     */
    CompletableFuture<Outcome> settle(TokenUsage used, int pictures) {
        int charged = admitted.charged(pictures);
        String note = charged == 1 ? "" : charged + " pictures";
        return services.ledger()
                .settle(heading.requestId(), new Settlement(admitted.cost(used, charged), used, charged, note));
    }

    /** Ends the hold without a charge. */
    CompletableFuture<Outcome> release(String reason) {
        return services.ledger().release(heading.requestId(), reason);
    }

    /** Says that the ledger could not close the call. */
    void ledgerFailed(Throwable failure) {
        try (LogContext request = LogContext.request(heading.requestId());
                LogContext user = LogContext.user(heading.caller().userId())) {
            log.error("the ledger could not close the call; recovery at the next start will", failure);
        }
    }

    /** Notes why an attempt failed; tells the operator what only he can mend, and the rest to those who look closer. */
    void attemptFailed(int attempt, Fault fault, @Nullable Engagement failed) {
        note("fault" + attempt, fault + ": " + fault.message());
        boolean operators = switch (fault.kind()) {
            case KEY_DEAD, QUOTA, CONFIG, CLOCK, PLUGIN, NO_ACCESS -> true;
            default -> false;
        };
        if (failed == null || (!operators && !log.isDebugEnabled())) {
            return;
        }
        try (LogContext request = LogContext.request(heading.requestId());
                LogContext user = LogContext.user(heading.caller().userId());
                LogContext channel = LogContext.channel(failed.channel().name());
                LogContext plugin = LogContext.plugin(failed.pluginId() + "@" + failed.pluginVersion())) {
            log.atLevel(operators ? Level.WARN : Level.DEBUG)
                    .log("attempt {} failed: {}: {}", attempt, fault, fault.message());
        }
    }

    /**
     * Closes the books.
     *
     * @param outcome {@code answered}, {@code failed}, {@code broken} or {@code left}
     * @param fault the fault's kind, empty for none
     * @param closing how the reservation ended; {@code null} when the ledger could not close it
     * @param status the HTTP status the client got, 0 when it left before
     * @param attempts how many were begun
     * @param last the last of them, {@code null} when there was none
     */
    void close(
            String outcome,
            String fault,
            TokenUsage used,
            @Nullable Outcome closing,
            int status,
            int attempts,
            @Nullable Engagement last,
            String upstreamModel) {
        StringBuilder noted = new StringBuilder();
        notes.forEach(
                (key, value) -> noted.append(key).append('=').append(value).append('\n'));
        RequestRecord done = new RequestRecord(
                heading.requestId(),
                heading.caller().userId(),
                heading.caller().keyId(),
                heading.model(),
                upstreamModel,
                last == null ? 0 : last.channel().id(),
                last == null ? "" : last.pluginId(),
                last == null ? "" : last.pluginVersion(),
                last == null ? 0 : last.generation(),
                heading.streamed(),
                outcome,
                fault,
                attempts,
                used.input(),
                used.output(),
                used.cached(),
                used.reasoning(),
                used.estimated(),
                closing == null ? 0 : closing.charged(),
                closing == null ? 0 : closing.writtenOff(),
                admitted.planItem() == null ? "" : admitted.planItem(),
                status,
                last == null ? "" : last.channel().name(),
                notes.getOrDefault("task", ""),
                heading.startedAt().toEpochMilli(),
                firstTokenMs,
                elapsedMs(),
                noted.toString());
        services.metrics().ended(done);
        services.records().add(done);
    }

    private long elapsedMs() {
        return Duration.between(heading.startedAt(), services.clock().instant()).toMillis();
    }
}
