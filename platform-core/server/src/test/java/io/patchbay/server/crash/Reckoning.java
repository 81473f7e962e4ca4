package io.patchbay.server.crash;

import io.patchbay.server.crash.BillingUpstream.Item;
import io.patchbay.server.crash.Books.Entry;
import io.patchbay.server.crash.Books.Hold;
import io.patchbay.server.crash.Evidence.Sighting;
import io.patchbay.server.crash.Reply.Trouble;
import io.patchbay.server.crash.Seen.End;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares what the tables of money say with what the upstream billed and what the clients saw, and lists everything
 * that does not fit.
 */
final class Reckoning {
    private static final Pattern TOO_POOR =
            Pattern.compile(".*user quota is not enough error \\(model: \\S+, minimum quota: \\d+\\.\\d\\d,"
                    + " your quota: -?\\d+\\.\\d\\d\\).*");

    /** The longest word with its blank has so many characters, and no estimate has more tokens than characters. */
    private static final int LONGEST_WORD = 8;

    /** What mark, roles and frame of a prompt have at most, in characters. */
    private static final int FRAME = 200;

    private final Evidence evidence;
    private final Books books;
    private final Map<String, Entry> outcomes = new HashMap<>();
    private final Map<String, Order> orderOf = new HashMap<>();
    private final List<String> findings = new ArrayList<>();
    private final Sums sums;

    private Reckoning(Evidence evidence) {
        this.evidence = evidence;
        this.books = evidence.books();
        outcomes();
        link();
        evidence.seen().forEach(this::sighting);
        outcomes.values().forEach(this::entry);
        new AccountCheck(evidence, findings).run();
        this.sums = added();
        if (sums.difference() != 0) {
            findings.add("the ledger and the upstream's bill differ: " + sums);
        }
    }

    /** Compares everything. */
    static Reckoning of(Evidence evidence) {
        return new Reckoning(evidence);
    }

    /** Returns everything that does not fit; empty when the money is right. */
    List<String> findings() {
        return List.copyOf(findings);
    }

    /** Returns the sums. */
    Sums sums() {
        return sums;
    }

    // ---- every reservation has one outcome ----

    private void outcomes() {
        Map<String, List<Entry>> closing =
                books.entries().stream().filter(Entry::outcome).collect(Collectors.groupingBy(Entry::requestId));
        closing.forEach((request, entries) -> {
            outcomes.put(request, entries.getFirst());
            if (!books.holds().containsKey(request)) {
                findings.add("an outcome without a reservation: " + entries);
            }
        });
        for (Hold hold : books.holds().values()) {
            List<Entry> entries = closing.getOrDefault(hold.requestId(), List.of());
            if (entries.size() != 1) {
                findings.add(entries.size() + " outcomes instead of one: " + hold + " " + entries);
            } else if (!(entries.getFirst().settles() ? hold.settled() : hold.released())
                    || hold.user() != entries.getFirst().user()) {
                findings.add("the outcome does not fit the reservation: " + hold + " " + entries);
            }
        }
    }

    // ---- which reservation is which call ----

    /** By the request id that the client was told, else by the input tokens, which no other call has. */
    private void link() {
        for (Sighting sighting : evidence.seen()) {
            String request = sighting.seen().requestId();
            if (books.holds().containsKey(request)) {
                orderOf.put(request, sighting.seen().order());
            }
        }
        outcomes.forEach((request, entry) -> {
            if (entry.settles() && !entry.estimated() && entry.used() != null) {
                Order order = evidence.orders().byInputTokens(entry.used().input());
                if (order != null) {
                    orderOf.putIfAbsent(request, order);
                }
            }
        });
        Map<String, Long> accepted =
                orderOf.values().stream().collect(Collectors.groupingBy(Order::mark, Collectors.counting()));
        accepted.forEach((mark, times) -> {
            if (times > 1) {
                findings.add(times + " reservations of one call: " + mark);
            }
        });
        long unknown = books.holds().size() - orderOf.size();
        long possible = evidence.seen().stream()
                .filter(one -> one.seen().requestId().isEmpty() && one.seen().end() != End.UNSENT)
                .count();
        if (unknown > possible) {
            findings.add(unknown + " reservations belong to no call, of which " + possible + " clients know no id");
        }
    }

    // ---- what clients saw ----

    private void sighting(Sighting sighting) {
        Seen seen = sighting.seen();
        if (seen.order().gift() > 0) {
            return; // AccountCheck looks at gifts.
        }
        Hold hold = books.holds().get(seen.requestId());
        switch (seen.end()) {
            case COMPLETE -> complete(seen, hold);
            case REFUSED -> refused(seen, hold);
            case BROKEN -> broken(seen, hold);
            case CUT, UNSENT -> cut(sighting, hold);
            case LEFT -> {} // Settled or released: that depends on what the server had heard by then.
        }
    }

    private void complete(Seen seen, @Nullable Hold hold) {
        boolean nothing = seen.order().deed() == Deed.EMPTY;
        if (!expect(hold != null, "a complete answer has a reservation", seen, hold)) {
            return;
        }
        expect(
                nothing ? hold.released() : hold.settled(),
                "a complete answer is settled, an empty one free",
                seen,
                hold);
        Entry entry = outcomes.get(seen.requestId());
        if (entry != null && entry.settles() && seen.told() != null) {
            expect(seen.told().equals(entry.used()), "the client was told what is charged: " + entry, seen, hold);
        }
    }

    private void refused(Seen seen, @Nullable Hold hold) {
        if (seen.outOfCredits()) {
            expect(hold == null, "a call refused for lack of credits holds nothing", seen, hold);
            expect(TOO_POOR.matcher(seen.problem()).matches(), "the sentence of the refusal", seen, hold);
            expect(seen.order().user() == User.POOR, "only the poor are refused", seen, hold);
        } else {
            expect(hold != null && hold.released(), "a refused call is free", seen, hold);
            expect(seen.order().reply().trouble() != Trouble.NONE, "a call without trouble is answered", seen, hold);
        }
    }

    private void broken(Seen seen, @Nullable Hold hold) {
        boolean paid = hold != null && (seen.content() ? hold.settled() : hold.released());
        expect(paid, "content is paid for although the upstream broke off, and nothing else is", seen, hold);
        expect(
                seen.order().reply().trouble() != Trouble.NONE,
                "an answer without trouble does not break off",
                seen,
                hold);
    }

    /** What a kill cut is released, and costs nothing; unless the server had heard all of it and settled. */
    private void cut(Sighting sighting, @Nullable Hold hold) {
        Seen seen = sighting.seen();
        expect(sighting.afterKill(), "no connection is lost while the server lives", seen, hold);
        boolean unheard = items(seen.order()).stream().allMatch(Item::abandoned);
        if (hold != null && seen.order().stays() && unheard) {
            expect(hold.released(), "what the kill cut costs nothing", seen, hold);
        }
    }

    // ---- what the ledger says ----

    private void entry(Entry entry) {
        Hold hold = books.holds().get(entry.requestId());
        if (hold == null) {
            return; // That is a finding already.
        }
        if (!entry.settles()) {
            expect(entry.micro() == 0 && entry.writtenOff() == 0, "a release moves nothing", entry, hold);
            return;
        }
        Order order = orderOf.get(entry.requestId());
        Tokens used = entry.used();
        if (!expect(used != null, "a settlement names the usage", entry, hold)) {
            return;
        }
        Tariff tariff = Tariff.of(hold.model());
        long price = tariff.price(used, order == null ? 1 : order.units());
        expect(entry.cost() == price, "the cost is " + price, entry, hold);
        expect(entry.micro() <= 0 && entry.writtenOff() >= 0, "the amounts are possible", entry, hold);
        expect(-entry.micro() >= Math.min(price, hold.micro()), "a cost up to the hold is charged", entry, hold);
        expect(entry.writtenOff() == 0 || order == null || order.user() == User.POOR, "nobody else owes", entry, hold);
        if (order != null) {
            expect(tariff == order.tariff(), "the model of the call is " + order.tariff(), entry, hold);
            expect(
                    hold.user() == evidence.accounts().get(order.user()).id(),
                    "the payer is " + order.user(),
                    entry,
                    hold);
        }
        if (entry.estimated()) {
            estimated(entry, used, order, hold);
        } else if (expect(order != null, "a reported usage is that of a call", entry, hold)) {
            boolean billed = items(order).stream().anyMatch(item -> used.equals(item.told()));
            expect(billed, "the upstream told this usage: " + items(order), entry, hold);
        }
    }

    /** An estimate is for what the upstream never told, or had not told yet when the client left. */
    private void estimated(Entry entry, Tokens used, @Nullable Order order, Hold hold) {
        boolean spoken = used.input() > 0 && used.output() > 0;
        expect(spoken, "an estimate is of something", entry, hold);
        if (order != null) {
            boolean untold = items(order).stream().allMatch(item -> item.told() == null);
            expect(untold || !order.stays(), "the upstream told the usage: " + items(order), entry, hold);
            boolean likely =
                    used.output() <= (long) LONGEST_WORD * order.reply().words()
                            && used.input() <= order.padding() + FRAME;
            expect(likely, "an estimate is not beyond all characters of " + order, entry, hold);
        }
    }

    private List<Item> items(Order order) {
        return evidence.bill().getOrDefault(order.mark(), List.of());
    }

    private boolean expect(boolean fits, String rule, Object subject, @Nullable Hold hold) {
        if (!fits) {
            findings.add(rule + ", but: " + subject + " " + hold);
        }
        return fits;
    }

    // ---- the sums ----

    private Sums added() {
        Map<String, Entry> byMark = orderOf.entrySet().stream()
                .filter(one -> outcomes.containsKey(one.getKey()))
                .collect(Collectors.toMap(
                        one -> one.getValue().mark(), one -> outcomes.get(one.getKey()), (first, second) -> first));
        long billed = 0;
        long unpaid = 0;
        for (List<Item> items : evidence.bill().values()) {
            Item answered = items.getLast();
            Entry entry = byMark.get(answered.order().mark());
            Tokens told = answered.told();
            if (told == null || (entry != null && entry.estimated())) {
                continue;
            }
            long price = answered.order().tariff().price(told, answered.order().units());
            boolean settled = entry != null && entry.settles();
            billed += settled ? price : 0;
            unpaid += settled ? 0 : price;
        }
        long estimated = sum(entry -> entry.estimated()
                ? Tariff.of(books.holds().get(entry.requestId()).model()).price(entry.used(), 1)
                : 0);
        long charged =
                books.accounts().values().stream().mapToLong(Books.Owned::used).sum();
        return new Sums(billed, estimated, charged, sum(Entry::writtenOff), unpaid);
    }

    private long sum(Function<Entry, Long> part) {
        return outcomes.values().stream()
                .filter(Entry::settles)
                .filter(entry -> entry.used() != null && books.holds().containsKey(entry.requestId()))
                .mapToLong(part::apply)
                .sum();
    }
}
