package io.patchbay.relay.trial;

/**
 * One line of a transcript.
 *
 * @param at milliseconds since the beginning
 * @param what {@code ready} (plugin, key and minted credential are there), {@code asked}, {@code head},
 *     {@code first content} or {@code end}
 * @param detail method and path, status and media type, or how it ended; without secrets and hosts, maybe empty
 */
public record TrialStep(long at, String what, String detail) {}
