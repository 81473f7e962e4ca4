package io.patchbay.relay.routing;

import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.channel.ChannelSettings;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One call's way through the channels: each choice leaves out what already failed for this call. Confined to the call's
 * serial.
 */
public final class Route {
    /** More attempts than this would keep a client waiting for nothing. */
    private static final int MOST_ATTEMPTS = 25;

    /** So many keys of one channel are tried before the next channel. */
    private static final int MOST_KEYS = 3;

    /** So many resting channels are tried when no other is left. */
    private static final int MOST_IN_NEED = 3;

    private static final Duration BUSY = Duration.ofSeconds(1);

    /** What routes share. */
    record Surroundings(Health health, Affinity affinity, HedgeBudget budget, RandomGenerator random) {}

    /** What this call has seen of one channel. */
    private static final class Tried {
        private final Set<String> badKeys = new HashSet<>();
        private int attempts;
        private boolean spent;
    }

    private final Surroundings around;
    private final RoutingSettings settings;
    private final List<Channel> serving;
    private final String model;
    private final CallThread thread;
    private final Map<Long, Tried> tried = new HashMap<>();
    private final Set<Long> inUse = new HashSet<>();
    private int attempts;
    private int inNeed;

    /**
     * Creates a route.
     *
     * @param serving the channels that may answer, by descending priority
     */
    Route(Surroundings around, RoutingSettings settings, List<Channel> serving, String model, CallThread thread) {
        this.around = around;
        this.settings = settings;
        this.serving = serving;
        this.model = model;
        this.thread = thread;
    }

    /** Returns where to begin; empty when nothing may be used now, as {@link #nothing()} then explains. */
    public Optional<Choice> first() {
        return choose();
    }

    /** Returns where to go after an attempt failed before any content; empty to give up. */
    public Optional<Choice> after(Choice failed, Fault fault) {
        inUse.remove(failed.channel().id());
        if (isFinal(fault.kind()) || attempts >= MOST_ATTEMPTS) {
            return Optional.empty();
        }
        remember(failed, fault);
        Tried seen = tried(failed.channel());
        if (!seen.spent) {
            Choice again = enter(failed.channel(), null, false, "once more");
            if (again != null) {
                return Optional.of(again);
            }
            seen.spent = true;
        }
        return choose();
    }

    private void remember(Choice failed, Fault fault) {
        Tried seen = tried(failed.channel());
        if (isOfKey(fault.kind())) {
            seen.badKeys.add(failed.key());
            seen.spent = seen.badKeys.size()
                    >= Math.min(MOST_KEYS, Math.max(1, failed.channel().keys().size()));
        } else {
            seen.spent = !isPassing(fault.kind())
                    || seen.attempts >= failed.channel().attempts();
        }
    }

    /** Returns a second channel to ask beside the first, when the site's budget for that is not used up. */
    public Optional<Choice> beside() {
        Instant now = around.health().now();
        boolean another = serving.stream()
                .anyMatch(channel -> usable(channel) && around.health().open(channel, model, now));
        if (!another || attempts >= MOST_ATTEMPTS || !around.budget().take()) {
            return Optional.empty();
        }
        return among("asked beside a slow one");
    }

    /** Returns the right to use a channel that alone can answer, as the one a task runs on. */
    public Choice only(Channel channel, String key) {
        attempts++;
        return new Choice(channel, key, around.health().admit(channel, key, model), "the task runs there");
    }

    /** An attempt ended. When it failed, that counts for this call even if another one still runs. */
    public void left(Choice choice) {
        inUse.remove(choice.channel().id());
        Fault fault = choice.permit().fault();
        if (fault != null) {
            remember(choice, fault);
        }
    }

    /** The call was answered there: what follows it goes there too. */
    public void answered(Choice choice) {
        if (settings.affinity() && !thread.own().isEmpty()) {
            around.affinity()
                    .remember(
                            thread.own(),
                            new Affinity.Place(
                                    choice.channel().id(), choice.permit().key().mark()));
        }
    }

    /** Returns after how long without content {@link #beside()} is worth asking; {@code null} for never. */
    public @Nullable Duration patience() {
        return settings.hedgeAfterMs() == 0 || serving.size() < 2 ? null : Duration.ofMillis(settings.hedgeAfterMs());
    }

    /** Returns how many attempts were begun. */
    public int attempts() {
        return attempts;
    }

    /** Returns why there was nothing to begin with. */
    public Fault nothing() {
        Instant now = around.health().now();
        Instant soonest = null;
        boolean limited = false;
        for (Channel channel : serving) {
            for (KeyHealth key : around.health().of(channel).keys().values()) {
                Instant until = limitedUntil(channel, key, now);
                limited |= until != null;
                if (until != null && (soonest == null || until.isBefore(soonest))) {
                    soonest = until;
                }
            }
        }
        if (serving.isEmpty()) {
            return Fault.of(FaultKind.CONFIG, "no channel offers this model");
        }
        if (!limited) {
            return Fault.of(FaultKind.CONFIG, "no key of any channel can be used for this model at the moment");
        }
        Duration after = soonest == null || !soonest.isAfter(now) ? BUSY : Duration.between(now, soonest);
        return Fault.builder(FaultKind.RATE, "All channels of this model are at their limit. Please try again later.")
                .after(after)
                .build();
    }

    /**
     * Returns when a key that cannot be used now, but will be by itself, may be asked for again; {@code null} when its
     * trouble is another.
     */
    private @Nullable Instant limitedUntil(Channel channel, KeyHealth key, Instant now) {
        ChannelHealth health = around.health().of(channel);
        Standing whole = health.breaker.standing();
        if (!whole.openInNeed(now)) {
            // What an upstream told us to wait passes by itself; a wrong setting does not.
            return whole.told() && Rest.usableInNeed(whole.kind()) ? end(whole, now) : null;
        }
        if (key.open(model, now)) {
            ChannelSettings settings = channel.settings();
            long free = Math.max(
                    health.throttle.freeAtMs(settings.channelCap(), now.toEpochMilli()),
                    key.throttle.freeAtMs(settings.keyCap(), now.toEpochMilli()));
            return free > now.toEpochMilli() ? Instant.ofEpochMilli(free) : now.plus(BUSY);
        }
        Breaker troubled = key.model(model);
        return troubled != null && key.breaker.open(now) && troubled.standing().kind() == FaultKind.RATE
                ? end(troubled.standing(), now)
                : null;
    }

    /** Returns when a rest ends; soon, when a call is finding that out. */
    private static Instant end(Standing resting, Instant now) {
        Instant until = resting.until();
        return until == null ? now.plus(BUSY) : until;
    }

    // ---- choosing ----

    private Optional<Choice> choose() {
        Optional<Choice> kept = attempts == 0 && settings.affinity() ? kept() : Optional.empty();
        if (kept.isPresent()) {
            return kept;
        }
        Optional<Choice> good = among("chosen by " + settings.strategy().name().toLowerCase(java.util.Locale.ROOT));
        return good.isPresent() ? good : inNeed();
    }

    /** Goes where the conversation was answered before, if that is among the best that can be had. */
    private Optional<Choice> kept() {
        Affinity.Place place = around.affinity().find(thread.earlier());
        if (place == null) {
            return Optional.empty();
        }
        Instant now = around.health().now();
        int best = Integer.MIN_VALUE;
        for (Channel channel : serving) {
            if (best != Integer.MIN_VALUE && channel.priority() < best) {
                break;
            }
            if (around.health().open(channel, model, now)) {
                best = channel.priority();
                if (channel.id() == place.channel()) {
                    return Optional.ofNullable(
                            enter(channel, place.keyMark(), false, "answered this conversation before"));
                }
            }
        }
        return Optional.empty();
    }

    /** Draws in each priority, from high to low, until a channel lets the call in. */
    private Optional<Choice> among(String why) {
        Instant now = around.health().now();
        List<Channel> tier = new ArrayList<>();
        for (int i = 0; i < serving.size(); i++) {
            Channel channel = serving.get(i);
            if (usable(channel) && around.health().open(channel, model, now)) {
                tier.add(channel);
            }
            boolean last = i + 1 == serving.size() || serving.get(i + 1).priority() != channel.priority();
            while (last && !tier.isEmpty()) {
                Channel drawn = Draw.one(tier, settings.strategy(), model, around.health(), around.random());
                Choice choice = enter(drawn, null, false, why);
                if (choice != null) {
                    return Optional.of(choice);
                }
                tier.remove(drawn);
            }
        }
        return Optional.empty();
    }

    /** When nothing else is left, what rests by our own judgement is better than no answer. */
    private Optional<Choice> inNeed() {
        if (inNeed >= MOST_IN_NEED) {
            return Optional.empty();
        }
        Instant now = around.health().now();
        List<Channel> resting = serving.stream()
                .filter(this::usable)
                .filter(channel -> around.health().openInNeed(channel, now))
                .sorted(Comparator.comparing(this::until))
                .toList();
        for (Channel channel : resting) {
            Choice choice = enter(channel, null, true, "resting, but nothing better is left");
            if (choice != null) {
                inNeed++;
                return Optional.of(choice);
            }
        }
        return Optional.empty();
    }

    private Instant until(Channel channel) {
        Instant until = around.health().of(channel).breaker.standing().until();
        return until == null ? Instant.MIN : until;
    }

    private boolean usable(Channel channel) {
        Tried seen = tried.get(channel.id());
        return !inUse.contains(channel.id()) && (seen == null || !seen.spent);
    }

    private @Nullable Choice enter(Channel channel, @Nullable String keyMark, boolean need, String why) {
        Instant now = around.health().now();
        Tried seen = tried(channel);
        List<String> lines = new ArrayList<>();
        around.health().of(channel).keys().forEach((line, key) -> {
            boolean open = need
                    ? around.health().openInNeed(channel, key, model, now)
                    : around.health().open(channel, key, model, now);
            if (open && !seen.badKeys.contains(line)) {
                lines.add(line);
            }
        });
        String preferred = keyMark == null
                ? null
                : lines.stream()
                        .filter(line -> isMarked(channel, line, keyMark))
                        .findFirst()
                        .orElse(null);
        while (!lines.isEmpty()) {
            String line =
                    preferred != null ? preferred : lines.get(around.random().nextInt(lines.size()));
            Permit permit = around.health().enter(channel, line, model, need);
            if (permit != null) {
                attempts++;
                seen.attempts++;
                inUse.add(channel.id());
                return new Choice(channel, line, permit, why);
            }
            lines.remove(line);
            preferred = null;
        }
        return null;
    }

    private boolean isMarked(Channel channel, String line, String mark) {
        KeyHealth key = around.health().of(channel).key(line);
        return key != null && key.mark().equals(mark);
    }

    private Tried tried(Channel channel) {
        return tried.computeIfAbsent(channel.id(), ignored -> new Tried());
    }

    // ---- what faults mean for this call ----

    private static boolean isFinal(FaultKind kind) {
        return switch (kind) {
            case BAD_REQUEST, TOO_LONG, CONTENT, UNKNOWN_OUTCOME -> true;
            default -> false;
        };
    }

    private static boolean isOfKey(FaultKind kind) {
        return switch (kind) {
            case KEY_DEAD, QUOTA, RATE, NO_ACCESS -> true;
            default -> false;
        };
    }

    private static boolean isPassing(FaultKind kind) {
        return switch (kind) {
            case RETRY, UPSTREAM, TRUNCATED -> true;
            default -> false;
        };
    }
}
