package io.patchbay.relay.task;

import org.jspecify.annotations.Nullable;

/** A row of table {@code task}; lists, usage, fault and details are JSON, times are epoch milliseconds. */
record TaskRow(
        String id,
        String requestId,
        long userId,
        long channelId,
        String channelType,
        String keyMark,
        String action,
        String model,
        String publicModel,
        String hookHash,
        String node,
        @Nullable String upstreamId,
        String phase,
        int progress,
        String artifacts,
        String buttons,
        @Nullable String words,
        @Nullable String used,
        @Nullable String fault,
        String memo,
        @Nullable String details,
        @Nullable String hold,
        long held,
        long priceVersion,
        long inputEstimate,
        boolean closed,
        long nextCheckAt,
        int checks,
        long version,
        long createdAt,
        long updatedAt,
        @Nullable Long finishedAt) {}
