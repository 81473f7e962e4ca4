package io.patchbay.relay.trial;

import io.patchbay.relay.call.RelayServices;
import io.patchbay.relay.channel.Channel;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Tries channels with one live chat each, through the plugin as calls go, but not as a call: nothing is reserved,
 * billed, counted or recorded, and no other channel or key is tried. Thread-safe.
 */
public final class ChannelTrial {
    private static final Duration SHORTEST_LISTING = Duration.ofSeconds(1);

    private final RelayServices services;
    private final ChannelModels models;
    private final Seats seats;

    ChannelTrial(RelayServices services, ChannelModels models, Seats seats) {
        this.services = services;
        this.models = models;
        this.seats = seats;
    }

    /**
     * Tries a channel, stored or not, active or not. A model that makes pictures, or whose work is a task, is not
     * tried: its channel is checked by the upstream's list of models where there is one.
     *
     * @param user the id of the operator
     * @throws io.patchbay.foundation.problem.Problem when the channel has no such key, or too much is going on
     */
    public CompletableFuture<TrialReport> run(Channel channel, TrialOrder order, long user) {
        ChosenKey key = ChosenKey.of(channel, order.key());
        return seats.seated(() -> new TrialChat(services, channel, key, order, user)
                .begin()
                .thenCompose(report -> report.check() == TrialReport.Check.NONE
                        ? listed(channel, key, order, user, report)
                        : CompletableFuture.completedFuture(report)));
    }

    private CompletableFuture<TrialReport> listed(
            Channel channel, ChosenKey key, TrialOrder order, long user, TrialReport report) {
        Duration left = order.patience().minusMillis(report.facts().totalMillis());
        Duration patience = left.compareTo(SHORTEST_LISTING) < 0 ? SHORTEST_LISTING : left;
        return models.listSeated(channel, key, user, patience).thenApply(listing -> {
            Fault fault = listing.fault();
            boolean none = fault != null && fault.kind() == FaultKind.UNSUPPORTED;
            return new TrialReport(
                    none ? TrialReport.Check.NONE : TrialReport.Check.MODELS,
                    report.model(),
                    report.upstreamModel(),
                    report.listed(),
                    report.stream(),
                    null,
                    none ? null : listing,
                    none ? null : fault,
                    listing.facts());
        });
    }
}
