package io.patchbay.billing.receipt;

import io.patchbay.billing.TokenUsage;
import io.patchbay.billing.ledger.Charge;
import io.patchbay.billing.ledger.Ledger;
import io.patchbay.billing.ledger.LedgerEntry;
import io.patchbay.billing.price.ChargeLine;
import io.patchbay.billing.price.Price;
import io.patchbay.billing.price.PriceBook;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Explains charges. Safe for use by many threads; blocks on the database. */
public final class Receipts {
    private static final int PAGE = 1_000;

    private final Ledger ledger;
    private final PriceBook prices;

    /** Makes receipts from a ledger and the price list that its charges were computed with. */
    public Receipts(Ledger ledger, PriceBook prices) {
        this.ledger = ledger;
        this.prices = prices;
    }

    /** Returns the receipt of a request, or empty when the ledger does not know it. */
    public Optional<Receipt> of(String requestId) {
        return ledger.charge(requestId).map(charge -> explain(requestId, charge));
    }

    /**
     * Computes every charge anew and returns those requests where something else came out, at most a hundred. Reads the
     * whole ledger, page by page.
     */
    public List<String> disagreements() {
        List<String> found = new ArrayList<>();
        long above = 0;
        List<Ledger.Settled> page = ledger.settled(above, PAGE);
        while (!page.isEmpty() && found.size() < 100) {
            for (Ledger.Settled settled : page) {
                if (!explain(settled.requestId(), settled.charge()).agrees()) {
                    found.add(settled.requestId());
                }
                above = settled.id();
            }
            page = ledger.settled(above, PAGE);
        }
        return found;
    }

    private Receipt explain(String requestId, Charge charge) {
        Price price = prices.findAt(charge.model(), charge.tag()).orElse(null);
        LedgerEntry outcome = charge.outcome();
        TokenUsage usage = outcome == null ? null : outcome.usage();
        if (outcome == null || usage == null || price == null || charge.planItem() != null) {
            return new Receipt(requestId, charge, price, List.of(), 0, 0);
        }
        int units = outcome.units() == null ? 1 : outcome.units();
        List<ChargeLine> lines = price.lines(usage, units);
        return new Receipt(requestId, charge, price, lines, price.cost(usage, units), ledger.refunded(requestId));
    }
}
