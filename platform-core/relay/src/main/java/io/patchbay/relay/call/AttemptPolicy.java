package io.patchbay.relay.call;

import io.patchbay.relay.channel.Channel;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * Which channel is tried next. A channel is repeated as often as its setting says when the fault is passing; a request
 * that nobody would take is never repeated.
 */
final class AttemptPolicy {
    /** More attempts than this would keep a client waiting for nothing. */
    private static final int MAX_ATTEMPTS = 10;

    private final Queue<Channel> channels;
    private int onThisChannel;
    private int attempts;

    AttemptPolicy(List<Channel> candidates) {
        this.channels = new ArrayDeque<>(candidates);
    }

    /** Returns the channel to begin with. */
    Optional<Channel> first() {
        return take();
    }

    /** Returns the channel to try after that fault, which came before any content; empty to give up. */
    Optional<Channel> after(Fault fault) {
        if (attempts >= MAX_ATTEMPTS || isFinal(fault.kind())) {
            return Optional.empty();
        }
        Channel current = channels.peek();
        if (current != null && (!isPassing(fault.kind()) || onThisChannel >= current.attempts())) {
            channels.poll();
            onThisChannel = 0;
        }
        return take();
    }

    private Optional<Channel> take() {
        Channel next = channels.peek();
        if (next == null) {
            return Optional.empty();
        }
        onThisChannel++;
        attempts++;
        return Optional.of(next);
    }

    /** Returns how many attempts were begun. */
    int attempts() {
        return attempts;
    }

    private static boolean isFinal(FaultKind kind) {
        return switch (kind) {
            case BAD_REQUEST, TOO_LONG, CONTENT, UNKNOWN_OUTCOME -> true;
            default -> false;
        };
    }

    private static boolean isPassing(FaultKind kind) {
        return switch (kind) {
            case RETRY, UPSTREAM, TRUNCATED, RATE -> true;
            default -> false;
        };
    }
}
