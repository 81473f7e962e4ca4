package io.patchbay.relay.task;

import io.patchbay.billing.admission.Admitted;
import io.patchbay.relay.channel.Channel;
import io.patchbay.spi.task.TaskOrder;

/**
 * Work that is about to be handed in for a client's request.
 *
 * @param admitted what is held for it; from the moment the upstream accepts the work the task closes it
 * @param inputEstimate input tokens by estimate
 * @param keyLine the key it is handed in with; only a mark of it is kept
 */
public record TaskRequest(
        String requestId,
        long userId,
        Admitted admitted,
        long inputEstimate,
        Channel channel,
        String keyLine,
        TaskOrder order) {}
