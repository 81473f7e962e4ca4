package io.patchbay.server.crash;

import io.patchbay.billing.ledger.LedgerAudit;
import io.patchbay.server.process.Account;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * All that is known of one run, from all sides: the clients, the upstream, the tables.
 *
 * @param seed what the run was made of
 * @param kills how often the server was killed
 * @param orders what the clients wanted
 * @param seen what they saw
 * @param bill what the upstream charged, by the mark of the call
 * @param books what the tables say after the last recovery
 * @param violations what the server's own audit finds broken in them
 * @param accounts the users
 * @param endowment the micro-credits each user began with
 * @param recoveries what the servers said of their recoveries
 * @param starts how long each server took from the start of its process until it let requests in
 */
record Evidence(
        long seed,
        int kills,
        Orders orders,
        List<Sighting> seen,
        Map<String, List<BillingUpstream.Item>> bill,
        Books books,
        List<LedgerAudit.Violation> violations,
        Map<User, Account> accounts,
        Map<User, Long> endowment,
        List<Recovery> recoveries,
        List<Duration> starts) {
    /**
     * What a client saw.
     *
     * @param afterKill whether it ended when the server was being killed already
     */
    record Sighting(Seen seen, boolean afterKill) {}

    /** Returns the slowest recovery, as the servers measured it. */
    Duration slowestRecovery() {
        return recoveries.stream().map(Recovery::took).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    /** Returns the slowest start, from the start of the process until requests are let in. */
    Duration slowestStart() {
        return starts.stream().max(Duration::compareTo).orElse(Duration.ZERO);
    }
}
