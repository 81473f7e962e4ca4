package io.patchbay.relay.task;

import org.jspecify.annotations.Nullable;

/**
 * How a task is paid for.
 *
 * @param hold the key of the reservation in the ledger that is to be closed at the end: the request's id, or another
 *     key after a restart; {@code null} when the hold was lost in a restart and the account had too little left
 * @param micro what is held, in micro-credits
 * @param priceVersion the version of the price list it is charged by
 * @param inputEstimate input tokens by estimate, for when the vendor tells no usage
 * @param closed whether nothing is left to be done: the reservation is closed, or somebody else closes it
 */
public record TaskBill(@Nullable String hold, long micro, long priceVersion, long inputEstimate, boolean closed) {}
