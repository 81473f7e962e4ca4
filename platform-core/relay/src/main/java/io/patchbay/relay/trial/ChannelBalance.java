package io.patchbay.relay.trial;

import io.patchbay.relay.call.RelayServices;
import io.patchbay.relay.channel.BoundChannel;
import io.patchbay.relay.channel.Channel;
import io.patchbay.spi.Balance;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Asks upstreams what is left on an account. Thread-safe. */
public final class ChannelBalance {
    /** How many balances are told at most: one a currency, and parts of the account. */
    private static final int MOST = 100;

    private final RelayServices services;
    private final Seats seats;

    ChannelBalance(RelayServices services, Seats seats) {
        this.services = services;
        this.seats = seats;
    }

    /**
     * Tells what is left on the account behind a key of a channel.
     *
     * @param key from 0; {@code null} for any
     * @param user the id of the operator
     * @throws io.patchbay.foundation.problem.Problem when the channel has no such key, or too much is going on
     */
    public CompletableFuture<BalanceReport> of(Channel channel, @Nullable Integer key, long user, Duration patience) {
        ChosenKey chosen = ChosenKey.of(channel, key);
        return seats.seated(() -> new Asking(services, channel, chosen, user, patience).begin());
    }

    private static final class Asking extends Inquiry<Balance, BalanceReport> {
        private final List<Balance> balances = new ArrayList<>();

        Asking(RelayServices services, Channel channel, ChosenKey key, long user, Duration patience) {
            super(services, channel, key, user, patience);
        }

        @Override
        @Nullable
        Flow<Balance> open(ChannelType type, BoundChannel bound) {
            balances.clear();
            return guarded("balance", () -> type.balance(bound));
        }

        @Override
        void event(Balance balance) {
            if (balances.size() < MOST) {
                balances.add(balance);
            }
        }

        @Override
        boolean contentSeen() {
            return !balances.isEmpty();
        }

        @Override
        @Nullable
        Fault incomplete() {
            return balances.isEmpty() ? Fault.of(FaultKind.UPSTREAM, "the upstream told no balance") : null;
        }

        @Override
        BalanceReport report(@Nullable Fault fault, InquiryFacts facts) {
            return new BalanceReport(balances, fault, facts);
        }
    }
}
