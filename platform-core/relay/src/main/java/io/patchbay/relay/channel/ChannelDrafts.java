package io.patchbay.relay.channel;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.foundation.problem.Problem;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Reads channels that are not stored, as an operator describes them in the form. Thread-safe. */
public final class ChannelDrafts {
    private final Channels channels;
    private final AtomicLong used = new AtomicLong();

    /** Creates a reader that finds masked secrets in these channels. */
    public ChannelDrafts(Channels channels) {
        this.channels = channels;
    }

    /**
     * Returns the channel a form describes. Its id is below zero and used once only, so that nothing that is
     * remembered of one draft, or of a stored channel, serves another: a minted credential was made with other
     * settings.
     *
     * @param form as for creating a channel; with the id of a stored one, masked secrets mean its secrets
     * @throws Problem of kind NOT_FOUND when there is no channel of that id, of kind UNPROCESSABLE with a sentence that
     *     names the field that cannot be understood
     */
    public Channel read(JsonNode form) {
        Channel before = before(form.path("id").asLong(0));
        try {
            return numbered(ChannelForm.read(form, before));
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    Problem.Kind.UNPROCESSABLE, e.getMessage() == null ? "The channel is invalid." : e.getMessage());
        }
    }

    private @Nullable Channel before(long id) {
        return id <= 0
                ? null
                : channels.find(id)
                        .orElseThrow(() -> Problem.notFound(
                                "There is no channel " + id + "; leave out the id of a channel that is new."));
    }

    private Channel numbered(Channel channel) {
        return new Channel(
                used.decrementAndGet(),
                channel.name(),
                channel.type(),
                channel.priority(),
                channel.weight(),
                channel.models(),
                channel.attempts(),
                channel.keys(),
                channel.endpoint(),
                channel.mapping(),
                channel.active(),
                channel.groups(),
                channel.proxy(),
                channel.extra());
    }
}
