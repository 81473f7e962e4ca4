package io.patchbay.relay.trial;

import io.patchbay.relay.call.RelayServices;
import io.patchbay.relay.channel.BoundChannel;
import io.patchbay.relay.channel.Channel;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.Fault;
import io.patchbay.spi.Flow;
import io.patchbay.spi.ModelInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Asks upstreams which models they have. Thread-safe. */
public final class ChannelModels {
    /** How many models are listed at most. */
    public static final int MOST = 10_000;

    private static final int LONGEST_ID = 300;

    private final RelayServices services;
    private final Seats seats;

    ChannelModels(RelayServices services, Seats seats) {
        this.services = services;
        this.seats = seats;
    }

    /**
     * Lists the models a key of a channel may use, as the upstream tells.
     *
     * @param key from 0; {@code null} for any
     * @param user the id of the operator
     * @throws io.patchbay.foundation.problem.Problem when the channel has no such key, or too much is going on
     */
    public CompletableFuture<ModelListing> list(Channel channel, @Nullable Integer key, long user, Duration patience) {
        ChosenKey chosen = ChosenKey.of(channel, key);
        return seats.seated(() -> listSeated(channel, chosen, user, patience));
    }

    /** Lists for somebody who has a seat. */
    CompletableFuture<ModelListing> listSeated(Channel channel, ChosenKey key, long user, Duration patience) {
        return new Listing(services, channel, key, user, patience).begin();
    }

    private static final class Listing extends Inquiry<ModelInfo, ModelListing> {
        private final SortedSet<String> models = new TreeSet<>();
        private boolean cut;

        Listing(RelayServices services, Channel channel, ChosenKey key, long user, Duration patience) {
            super(services, channel, key, user, patience);
        }

        @Override
        @Nullable
        Flow<ModelInfo> open(ChannelType type, BoundChannel bound) {
            models.clear();
            return guarded("models", () -> type.models(bound));
        }

        @Override
        void event(ModelInfo model) {
            String id = model.id();
            if (id.isBlank() || id.length() > LONGEST_ID) {
                return;
            }
            if (models.size() < MOST) {
                models.add(id);
            } else {
                cut |= !models.contains(id);
            }
        }

        @Override
        boolean contentSeen() {
            return !models.isEmpty();
        }

        @Override
        ModelListing report(@Nullable Fault fault, InquiryFacts facts) {
            return new ModelListing(new ArrayList<>(models), cut, fault, facts);
        }
    }
}
