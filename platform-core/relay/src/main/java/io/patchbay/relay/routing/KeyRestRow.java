package io.patchbay.relay.routing;

/**
 * A row of table {@code channel_key_rest}.
 *
 * @param since epoch milliseconds
 * @param untilAt epoch milliseconds
 */
record KeyRestRow(long channelId, String keyMark, String kind, String reason, int strikes, long since, long untilAt) {}
