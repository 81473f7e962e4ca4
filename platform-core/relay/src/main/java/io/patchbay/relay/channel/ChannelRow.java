package io.patchbay.relay.channel;

/** A row of table {@code channel}; lists and the proxy are JSON, the secret and the proxy are encrypted. */
public record ChannelRow(
        long id,
        String name,
        String type,
        int priority,
        int weight,
        String models,
        int retry,
        String secret,
        String endpoint,
        String mapper,
        boolean active,
        String userGroups,
        String proxy,
        String extra,
        long updatedAt) {}
