package io.patchbay.relay.trial;

import io.patchbay.spi.Balance;
import io.patchbay.spi.Fault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is left on the account behind a key.
 *
 * @param balances in the upstream's order
 * @param fault why it is not known; {@code null} when it is
 */
public record BalanceReport(
        List<Balance> balances, @Nullable Fault fault, InquiryFacts facts) {
    public BalanceReport {
        balances = List.copyOf(balances);
    }
}
