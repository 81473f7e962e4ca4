package io.patchbay.server.crash;

import io.patchbay.server.crash.Books.Entry;
import io.patchbay.server.crash.Books.Hold;
import io.patchbay.server.crash.Books.Owned;
import io.patchbay.server.crash.Seen.End;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares the accounts with the lines of the ledger and with the credits that were given. */
final class AccountCheck {
    private final Evidence evidence;
    private final Books books;
    private final List<String> findings;

    /** Prepares a check that adds to those findings. */
    AccountCheck(Evidence evidence, List<String> findings) {
        this.evidence = evidence;
        this.books = evidence.books();
        this.findings = findings;
    }

    void run() {
        evidence.accounts().forEach((user, account) -> account(user, account.id()));
        gifts();
    }

    private void account(User user, long id) {
        Owned owned = books.accounts().get(id);
        if (owned == null) {
            findings.add(user + " has no account");
            return;
        }
        List<Entry> entries =
                books.entries().stream().filter(entry -> entry.user() == id).toList();
        long charged = -sum(entries.stream().filter(Entry::settles).toList());
        long credited = sum(entries.stream().filter(entry -> !entry.outcome()).toList());
        expect(owned.used() == charged, user + " has used what was charged, " + charged, owned);
        expect(owned.balance() == credited - charged, user + " owns " + credited + " - " + charged, owned);
        expect(owned.reserved() == 0, user + " holds nothing after the recovery", owned);

        long largest = books.holds().values().stream()
                .filter(hold -> hold.user() == id)
                .mapToLong(Hold::micro)
                .max()
                .orElse(0);
        entries.forEach(entry -> expect(entry.balanceAfter() >= -largest, "no balance below -" + largest, entry));
        expect(owned.balance() >= -largest, "no balance below -" + largest, owned);
    }

    /** What the server confirmed was given once; what it could not confirm any more was given once or not at all. */
    private void gifts() {
        Map<Long, Long> given = books.entries().stream()
                .filter(entry -> !entry.outcome())
                .collect(Collectors.groupingBy(Entry::micro, Collectors.counting()));
        Set<Long> known = new HashSet<>(evidence.endowment().values());
        evidence.endowment().values().forEach(micro -> expect(times(given, micro) >= 1, "the endowment", micro));
        for (Evidence.Sighting sighting : evidence.seen()) {
            Seen seen = sighting.seen();
            long gift = seen.order().gift();
            if (gift > 0) {
                known.add(gift);
                boolean confirmed = seen.end() == End.COMPLETE;
                boolean once = times(given, gift) == 1;
                expect(once || (!confirmed && times(given, gift) == 0), "a gift is given once", seen);
                expect(confirmed || sighting.afterKill(), "a gift is confirmed while the server lives", seen);
            }
        }
        given.keySet().forEach(micro -> expect(known.contains(micro), "credits come from somewhere", micro));
    }

    private static long times(Map<Long, Long> given, long micro) {
        return given.getOrDefault(micro, 0L);
    }

    private static long sum(List<Entry> entries) {
        return entries.stream().mapToLong(Entry::micro).sum();
    }

    private void expect(boolean fits, String rule, Object subject) {
        if (!fits) {
            findings.add(rule + ", but: " + subject);
        }
    }
}
