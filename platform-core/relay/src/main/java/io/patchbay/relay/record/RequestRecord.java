package io.patchbay.relay.record;

/**
 * What is kept of one relayed call. Never a prompt, an answer or a secret.
 *
 * @param outcome {@code answered}, {@code failed}, {@code broken} (after partial output) or {@code left} (by the client)
 * @param fault the fault's kind, empty when there was none
 * @param micro what was charged, in micro-credits
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
        long micro,
        long startedAt,
        long firstTokenMs,
        long durationMs,
        String notes) {}
