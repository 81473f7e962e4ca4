package io.patchbay.relay.task;

import java.time.Instant;

/**
 * Where a task comes from and where it runs. Never changes.
 *
 * @param id ours, 26 characters that cannot be guessed
 * @param requestId the client's request it answers
 * @param keyMark stands for the key line it was handed in with, see {@link TaskChannels#mark}
 * @param action what was ordered, in the plugin's words
 * @param model the model by the upstream's name
 * @param publicModel the model by the client's name
 * @param node the installation that looks after it
 */
public record TaskOrigin(
        String id,
        String requestId,
        long userId,
        long channelId,
        String channelType,
        String keyMark,
        String action,
        String model,
        String publicModel,
        String node,
        Instant createdAt) {}
