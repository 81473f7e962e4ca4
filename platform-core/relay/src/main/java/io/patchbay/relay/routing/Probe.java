package io.patchbay.relay.routing;

import io.patchbay.relay.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Something that rests and may be tried again.
 *
 * @param key the place of the key among the channel's, {@code null} for a channel without keys
 * @param model a model the channel offers
 * @param permit the trial, which whoever makes it must close
 */
public record Probe(Channel channel, @Nullable Integer key, String model, Permit permit) {}
