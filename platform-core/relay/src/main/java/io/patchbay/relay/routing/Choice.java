package io.patchbay.relay.routing;

import io.patchbay.relay.channel.Channel;

/**
 * Where an attempt goes.
 *
 * @param key the key line to use, empty for a channel without keys
 * @param permit the right to, which whoever makes the attempt must close
 * @param why how it came to be chosen, in words for the operator
 */
public record Choice(Channel channel, String key, Permit permit, String why) {}
