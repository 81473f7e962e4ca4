package io.patchbay.relay.exchange;

import java.time.Duration;

/**
 * The patience of one exchange.
 *
 * @param firstToken from sending the request to the first content
 * @param stall between two reads once content has come
 */
public record Timeouts(Duration firstToken, Duration stall) {}
