package io.patchbay.relay.trial;

import io.patchbay.foundation.problem.Problem;
import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.channel.KeyMask;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The key a channel is tried with.
 *
 * @param index its place among the channel's keys; -1 when the channel has none
 * @param line what the key consists of; empty when the channel has none
 */
record ChosenKey(int index, String line) {
    /**
     * Returns a key of a channel.
     *
     * @param index from 0; {@code null} for any
     * @throws Problem when the channel has no such key
     */
    static ChosenKey of(Channel channel, @Nullable Integer index) {
        List<String> keys = channel.keys();
        if (index != null && (index < 0 || index >= keys.size())) {
            throw Problem.badRequest("key: the channel has " + keys.size() + " keys, "
                    + (keys.isEmpty() ? "so none can be chosen" : "expected 0 to " + (keys.size() - 1)) + ", found "
                    + index);
        }
        if (keys.isEmpty()) {
            return new ChosenKey(-1, "");
        }
        int chosen = index == null ? ThreadLocalRandom.current().nextInt(keys.size()) : index;
        return new ChosenKey(chosen, keys.get(chosen));
    }

    /** Returns the key as it may be shown. */
    String mask() {
        return line.isEmpty() ? "" : KeyMask.of(line);
    }

    /** Never tells the key. */
    @Override
    public String toString() {
        return "key " + index;
    }
}
