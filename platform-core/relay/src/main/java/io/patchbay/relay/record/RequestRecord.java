package io.patchbay.relay.record;

/**
 * What is kept of one relayed call. Never a prompt, an answer or a secret.
 *
 * @param outcome {@code answered}, {@code failed}, {@code broken} (after partial output) or {@code left} (by the client)
 * @param fault the fault's kind, empty when there was none
 * @param inputTokens all prompt tokens, the cached ones included
 * @param outputTokens all produced tokens, those of hidden reasoning included
 * @param cachedTokens the part of the prompt that the provider read from its cache
 * @param reasoningTokens the part of the output that was hidden reasoning
 * @param estimated whether the counts are the server's own because the provider told none
 * @param micro what was charged, in micro-credits; 0 while a task that goes on is still to be paid for
 * @param writtenOff the part of the cost that was not charged because the account had no more, in micro-credits
 * @param paidBy what it was paid from, empty for credits
 * @param status the HTTP status the client got, 0 when it left before
 * @param channelName the channel's name at that time, empty when there was none
 * @param taskId the task whose end closes the reservation, empty for none
 * @param startedAt epoch milliseconds
 * @param firstTokenMs from start to first content, -1 when none came
 * @param notes facts noted by the plugin, as {@code key=value} lines
 */
public record RequestRecord(
        String requestId,
        long userId,
        long keyId,
        String model,
        String upstreamModel,
        long channelId,
        String pluginId,
        String pluginVersion,
        long generation,
        boolean streamed,
        String outcome,
        String fault,
        int attempts,
        long inputTokens,
        long outputTokens,
        long cachedTokens,
        long reasoningTokens,
        boolean estimated,
        long micro,
        long writtenOff,
        String paidBy,
        int status,
        String channelName,
        String taskId,
        long startedAt,
        long firstTokenMs,
        long durationMs,
        String notes) {
    /** Returns the values in the order of the columns. */
    Object[] values() {
        return new Object[] {
            requestId,
            userId,
            keyId,
            model,
            upstreamModel,
            channelId,
            pluginId,
            pluginVersion,
            generation,
            streamed ? 1 : 0,
            outcome,
            fault,
            attempts,
            inputTokens,
            outputTokens,
            cachedTokens,
            reasoningTokens,
            estimated ? 1 : 0,
            micro,
            writtenOff,
            paidBy,
            status,
            channelName,
            taskId,
            startedAt,
            firstTokenMs,
            durationMs,
            notes
        };
    }

    /** Returns this record with what its task was charged after it had been written. */
    RequestRecord charged(LedgerLineMapper.TaskCharge later) {
        return new RequestRecord(
                requestId,
                userId,
                keyId,
                model,
                upstreamModel,
                channelId,
                pluginId,
                pluginVersion,
                generation,
                streamed,
                outcome,
                fault,
                attempts,
                later.inputTokens(),
                later.outputTokens(),
                later.cachedTokens(),
                later.reasoningTokens(),
                later.estimated(),
                later.micro(),
                later.writtenOff(),
                paidBy,
                status,
                channelName,
                taskId,
                startedAt,
                firstTokenMs,
                durationMs,
                notes);
    }
}
