package io.patchbay.relay.call;

import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.exchange.Serial;
import io.patchbay.relay.exchange.Timers;
import io.patchbay.relay.routing.Choice;
import io.patchbay.relay.routing.Route;
import io.patchbay.spi.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one call: one after another, or a second beside a slow one. The first that shows content is the answer;
 * from then on there is no other. Confined to the call's serial.
 *
 * @param <A> the attempts
 */
final class Attempts<A extends Attempt> {
    /** Makes an attempt for the call. */
    interface Maker<A> {
        A make(Choice choice, boolean pinned);
    }

    private final Route route;
    private final Timers timers;
    private final Serial serial;
    private final Maker<A> maker;
    private final List<A> running = new ArrayList<>();
    private @Nullable A chosen;
    private @Nullable A last;
    private @Nullable Future<?> patience;
    private boolean over;

    Attempts(Route route, Timers timers, Serial serial, Maker<A> maker) {
        this.route = route;
        this.timers = timers;
        this.serial = serial;
        this.maker = maker;
    }

    /** Begins with the best channel; returns why there is none. */
    Optional<Fault> start() {
        Optional<Choice> first = route.first();
        if (first.isEmpty()) {
            return Optional.of(route.nothing());
        }
        begin(first.get(), false);
        return Optional.empty();
    }

    private void begin(Choice choice, boolean pinned) {
        A made = maker.make(choice, pinned);
        running.add(made);
        last = made;
        Duration wait = route.patience();
        if (wait != null && running.size() == 1 && !pinned) {
            patience = timers.after(wait, () -> serial.execute(() -> doubleUp(made)));
        }
        made.start();
    }

    private void doubleUp(A slow) {
        if (!over && chosen == null && running.size() == 1 && running.contains(slow) && slow.mayBeDoubled()) {
            route.beside().ifPresent(choice -> begin(choice, false));
        }
    }

    /** Returns whether what that attempt tells does not matter any more. */
    boolean lost(A attempt) {
        return !running.contains(attempt);
    }

    /** The attempt has content: it is the answer, and the others are cut. */
    void choose(A attempt) {
        if (chosen == null && running.contains(attempt)) {
            chosen = attempt;
            last = attempt;
            stopWaiting();
            for (A other : List.copyOf(running)) {
                if (!other.equals(attempt)) {
                    other.abandon();
                    drop(other);
                }
            }
        }
    }

    /**
     * The attempt failed before any content.
     *
     * @return whether another one runs or was begun
     */
    boolean goOn(A failed, Fault fault) {
        drop(failed);
        if (failed.pinned()) {
            return false;
        }
        if (!running.isEmpty()) {
            last = running.getFirst();
            return true;
        }
        stopWaiting();
        Optional<Choice> next = route.after(failed.choice(), fault);
        next.ifPresent(choice -> begin(choice, false));
        return next.isPresent();
    }

    /** Only that channel, with that key, can answer. */
    void moveTo(A from, Channel channel, String keyLine) {
        drop(from);
        stopWaiting();
        begin(route.only(channel, keyLine), true);
    }

    private void drop(A attempt) {
        running.remove(attempt);
        route.left(attempt.choice());
        attempt.release();
    }

    private void stopWaiting() {
        Future<?> waiting = patience;
        patience = null;
        if (waiting != null) {
            waiting.cancel(false);
        }
    }

    /**
     * The call ends: everything that still runs is cut.
     *
     * @return whether a task goes on, which then closes the call's reservation
     */
    boolean cut() {
        over = true;
        stopWaiting();
        boolean goesOn = false;
        A current = last;
        if (current != null && !running.contains(current)) {
            goesOn = current.abandon();
        }
        for (A attempt : running) {
            goesOn |= attempt.abandon();
        }
        return goesOn;
    }

    /** The call was answered: what follows it goes the same way. */
    void answered(A attempt) {
        over = true;
        stopWaiting();
        attempt.choice().permit().answered();
        route.answered(attempt.choice());
    }

    /** Gives everything back. */
    void release() {
        over = true;
        stopWaiting();
        running.forEach(Attempt::release);
    }

    /** Returns the attempt that answers, or else the last one; {@code null} before the first. */
    @Nullable
    A current() {
        return chosen == null ? last : chosen;
    }

    /** Returns how many were begun. */
    int count() {
        return route.attempts();
    }
}
