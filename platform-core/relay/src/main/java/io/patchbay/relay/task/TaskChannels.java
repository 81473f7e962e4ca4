package io.patchbay.relay.task;

import io.patchbay.foundation.crypto.Encryption;
import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.channel.Channels;
import java.util.Optional;

/**
 * Finds the channel and the key a task was handed in with, because another account of the same upstream knows nothing
 * of it. Keys are remembered by a mark that only this site can make.
 */
public final class TaskChannels {
    private final Channels channels;
    private final Encryption encryption;

    /** Creates the directory. */
    public TaskChannels(Channels channels, Encryption encryption) {
        this.channels = channels;
        this.encryption = encryption;
    }

    /** Returns what stands for a key line in a row: 64 lower-case hexadecimal digits. */
    public String mark(String keyLine) {
        return encryption.fingerprint("task key " + keyLine);
    }

    /** Returns the channel, switched on or not; empty when it was removed, or is of another type by now. */
    public Optional<Channel> channel(Task task) {
        return channels.find(task.origin().channelId())
                .filter(channel -> channel.type().equals(task.origin().channelType()));
    }

    /** Returns the key line the task was handed in with; the first one of the channel when that one is gone. */
    public String keyLine(Task task, Channel channel) {
        return channel.keys().stream()
                .filter(line -> mark(line).equals(task.origin().keyMark()))
                .findFirst()
                .orElse(channel.keys().isEmpty() ? "" : channel.keys().getFirst());
    }
}
