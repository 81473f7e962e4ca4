package io.patchbay.billing.ledger;

import io.patchbay.foundation.database.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives back what requests of dead processes held; see {@link Ledger#recover}. */
final class Recovery {
    private static final Logger log = LoggerFactory.getLogger(Recovery.class);
    private static final String REASON = "the server stopped before the request ended";

    private final Database database;
    private final NodeIdentity identity;
    private final InstantSource clock;

    Recovery(Database database, NodeIdentity identity, InstantSource clock) {
        this.database = database;
        this.identity = identity;
        this.clock = clock;
    }

    RecoveryReport run(Instant processStart) {
        long startNanos = System.nanoTime();
        long before = processStart.toEpochMilli();
        List<RecoveryMapper.LeftOpen> released = database.write(tx -> {
            RecoveryMapper mapper = tx.mapper(RecoveryMapper.class);
            List<RecoveryMapper.LeftOpen> leftOpen = mapper.leftOpen(identity, before);
            if (!leftOpen.isEmpty()) {
                release(mapper, leftOpen, before);
            }
            return leftOpen;
        });
        RecoveryReport report = new RecoveryReport(
                released.stream()
                        .mapToLong(RecoveryMapper.LeftOpen::reservations)
                        .sum(),
                released.stream().mapToLong(RecoveryMapper.LeftOpen::micro).sum(),
                released.size(),
                Duration.ofNanos(System.nanoTime() - startNanos));
        log.info(
                "ledger: recovery released {} reservations of {} users, {} micro-credits, in {} ms",
                report.reservations(),
                report.users(),
                report.micro(),
                report.took().toMillis());
        warnOfTwins(before);
        return report;
    }

    private void release(RecoveryMapper mapper, List<RecoveryMapper.LeftOpen> leftOpen, long before) {
        long now = clock.millis();
        long expected = 0;
        for (RecoveryMapper.LeftOpen user : leftOpen) {
            expected += user.reservations();
            if (mapper.giveBack(user.userId(), user.micro(), now) != 1) {
                throw new IllegalStateException(
                        "account %d with open reservations is missing".formatted(user.userId()));
            }
        }
        mapper.giveBackUnits(identity, before, now);
        int outcomes = mapper.writeOutcomes(identity, before, Actor.SERVER.label(), REASON, now);
        int closed = mapper.close(identity, before, now);
        if (outcomes != expected || closed != expected) {
            throw new IllegalStateException("recovery found %d open reservations, wrote %d outcomes, closed %d"
                    .formatted(expected, outcomes, closed));
        }
    }

    private void warnOfTwins(long since) {
        long others = database.read(RecoveryMapper.class, mapper -> mapper.madeByOthersSince(identity, since));
        if (others > 0) {
            log.warn(
                    "ledger: {} open reservations were made by another running process of node {}; two servers must not"
                            + " share a home folder",
                    others,
                    identity.node());
        }
    }
}
