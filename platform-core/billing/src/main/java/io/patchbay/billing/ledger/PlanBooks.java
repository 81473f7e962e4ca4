package io.patchbay.billing.ledger;

import io.patchbay.foundation.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The counters of plans that one transaction works on. They are changed only by who has locked the account of their user.
 *
 * <p>Confined to one thread and one attempt of one transaction.
 */
final class PlanBooks {
    private final LedgerMapper mapper;
    private final Map<Counter, Usage> usages = new HashMap<>();
    private final Set<Counter> changed = new TreeSet<>();

    /** Names a row. */
    private record Counter(long user, String item) implements Comparable<Counter> {
        @Override
        public int compareTo(Counter other) {
            int byUser = Long.compare(user, other.user);
            return byUser == 0 ? item.compareTo(other.item) : byUser;
        }
    }

    /** What a row says. */
    private record Usage(long window, long used) {}

    PlanBooks(LedgerMapper mapper) {
        this.mapper = mapper;
    }

    /** Reads the counters of users whose accounts are locked. */
    void read(Set<Long> users) {
        if (!users.isEmpty()) {
            String list = users.stream().map(String::valueOf).collect(Collectors.joining(","));
            for (LedgerMapper.PlanUsageRow row : mapper.planUsages(list)) {
                usages.put(new Counter(row.userId(), row.item()), new Usage(row.windowStart(), row.used()));
            }
        }
    }

    /** Takes one unit; returns false when none is left. */
    boolean take(long user, PlanUnit unit) {
        if (unit.unlimited()) {
            return true;
        }
        Counter counter = new Counter(user, unit.item());
        long window = unit.window().toEpochMilli();
        Usage usage = usages.get(counter);
        // A window that began later was told by a newer subscription than the asker had seen.
        long used = usage == null || usage.window() < window ? 0 : usage.used();
        if (used >= unit.limit()) {
            return false;
        }
        put(counter, new Usage(usage == null ? window : Math.max(window, usage.window()), used + 1));
        return true;
    }

    /** Gives back the unit that a reservation took, unless a new window has begun since. */
    void giveBack(ReservationRow row) {
        if (row.planItem() == null || row.planWindow() == null) {
            return;
        }
        Counter counter = new Counter(row.userId(), row.planItem());
        Usage usage = usages.get(counter);
        if (usage != null && usage.window() == row.planWindow() && usage.used() > 0) {
            put(counter, new Usage(usage.window(), usage.used() - 1));
        }
    }

    /** Returns the window in which a unit was just taken. */
    long window(long user, PlanUnit unit) {
        Usage usage = usages.get(new Counter(user, unit.item()));
        return usage == null ? unit.window().toEpochMilli() : usage.window();
    }

    void flush(long now) {
        if (changed.isEmpty()) {
            return;
        }
        List<Object[]> rows = new ArrayList<>(changed.size());
        for (Counter counter : changed) {
            Usage usage = usages.getOrDefault(counter, new Usage(0, 0));
            rows.add(new Object[] {counter.user(), counter.item(), usage.window(), usage.used()});
        }
        mapper.putPlanUsages(Json.write(rows), now);
    }

    private void put(Counter counter, Usage usage) {
        usages.put(counter, usage);
        changed.add(counter);
    }
}
