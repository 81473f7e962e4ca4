package io.patchbay.relay.task;

import io.patchbay.billing.TokenUsage;
import io.patchbay.billing.ledger.Outcome;
import java.util.concurrent.CompletableFuture;

/**
 * The end of a task.
 *
 * @param task final
 * @param used what it was charged for; nothing when it failed
 * @param outcome what the ledger says, complete; failed when the ledger could not be written, which recovery at the
 *     next start makes good
 */
public record TaskEnd(Task task, TokenUsage used, CompletableFuture<Outcome> outcome) {}
