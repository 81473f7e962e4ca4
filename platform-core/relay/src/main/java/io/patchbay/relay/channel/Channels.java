package io.patchbay.relay.channel;

import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.state.Bus;
import io.patchbay.foundation.state.Subscription;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All channels. Readers see an immutable snapshot; a change is stored, announced to the other nodes, and effective for
 * the next call.
 */
public final class Channels implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Channels.class);
    private static final String TOPIC = "channels";

    private record Snapshot(
            List<Channel> all, Map<String, List<Channel>> activeByModel, List<String> models, Instant loadedAt) {}

    private final Database database;
    private final ChannelCodec codec;
    private final Bus bus;
    private final InstantSource clock;
    private final Subscription subscription;
    private final List<Consumer<List<Channel>>> followers = new CopyOnWriteArrayList<>();
    private volatile Snapshot snapshot = new Snapshot(List.of(), Map.of(), List.of(), Instant.EPOCH);

    /** Loads the channels. */
    public Channels(Database database, ChannelCodec codec, Bus bus, InstantSource clock) {
        this.database = database;
        this.codec = codec;
        this.bus = bus;
        this.clock = clock;
        reload();
        this.subscription = bus.subscribe(TOPIC, message -> reload());
    }

    /** Returns all channels by id. */
    public List<Channel> all() {
        return snapshot.all();
    }

    /** Returns a channel. */
    public Optional<Channel> find(long id) {
        return snapshot.all().stream().filter(channel -> channel.id() == id).findFirst();
    }

    /** Returns the active channels that offer a model, by descending priority. */
    public List<Channel> offering(String model) {
        return snapshot.activeByModel().getOrDefault(model, List.of());
    }

    /** Returns all models of active channels a group may use, channels by descending priority. */
    public List<String> models(@Nullable String group) {
        Snapshot now = snapshot;
        return now.models().stream()
                .filter(model -> now.activeByModel().getOrDefault(model, List.of()).stream()
                        .anyMatch(channel -> channel.serves(group)))
                .toList();
    }

    /** Tells the follower all channels after each change; it must be quick. */
    public void follow(Consumer<List<Channel>> follower) {
        followers.add(follower);
    }

    /** Returns when this node last loaded the channels. */
    public Instant loadedAt() {
        return snapshot.loadedAt();
    }

    /** Stores a new channel and returns it with its id. */
    public Channel create(Channel channel) {
        Channel created = database.write(transaction -> {
            ChannelMapper mapper = transaction.mapper(ChannelMapper.class);
            Long highest = mapper.highestId();
            Channel numbered = codec.withId(channel, highest == null ? 1 : highest + 1);
            mapper.insert(codec.row(numbered, clock.instant()));
            return numbered;
        });
        changed();
        return created;
    }

    /** Replaces a channel; the change is made from its newest state. Returns empty when the id is unknown. */
    public Optional<Channel> update(long id, Function<Channel, Channel> change) {
        Optional<Channel> updated = database.write(transaction -> {
            ChannelMapper mapper = transaction.mapper(ChannelMapper.class);
            return mapper.list().stream()
                    .filter(row -> row.id() == id)
                    .findFirst()
                    .map(codec::channel)
                    .map(before -> {
                        Channel after = codec.withId(change.apply(before), id);
                        mapper.update(codec.row(after, clock.instant()));
                        return after;
                    });
        });
        if (updated.isPresent()) {
            changed();
        }
        return updated;
    }

    /** Removes a channel; returns whether it existed. Calls that run on it go on. */
    public boolean delete(long id) {
        boolean existed = database.write(
                        transaction -> transaction.mapper(ChannelMapper.class).delete(id))
                > 0;
        changed();
        return existed;
    }

    /** Switches a channel on or off; returns whether it exists. */
    public boolean switchTo(long id, boolean active) {
        long at = clock.millis();
        boolean exists = database.write(
                        transaction -> transaction.mapper(ChannelMapper.class).switchTo(id, active, at))
                > 0;
        changed();
        return exists;
    }

    private void changed() {
        reload();
        bus.publish(TOPIC, "changed");
    }

    private synchronized void reload() {
        List<Channel> all = new ArrayList<>();
        for (ChannelRow row : database.read(ChannelMapper.class, ChannelMapper::list)) {
            try {
                all.add(codec.channel(row));
            } catch (RuntimeException e) {
                log.error("channel {} ({}) cannot be read and is left out", row.id(), row.name(), e);
            }
        }
        List<Channel> byPriority = new ArrayList<>(all);
        byPriority.sort(Comparator.comparingInt(Channel::priority).reversed());
        Map<String, List<Channel>> byModel = new LinkedHashMap<>();
        for (Channel channel : byPriority) {
            if (channel.active()) {
                channel.offered()
                        .forEach(model -> byModel.computeIfAbsent(model, ignored -> new ArrayList<>())
                                .add(channel));
            }
        }
        byModel.replaceAll((model, channels) -> List.copyOf(channels));
        snapshot = new Snapshot(List.copyOf(all), Map.copyOf(byModel), List.copyOf(byModel.keySet()), clock.instant());
        followers.forEach(follower -> follower.accept(snapshot.all()));
    }

    @Override
    public void close() {
        subscription.close();
    }
}
