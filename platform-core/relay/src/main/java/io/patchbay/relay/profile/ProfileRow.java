package io.patchbay.relay.profile;

/** A row of table {@code channel_profile}; the body is JSON. */
public record ProfileRow(String id, String family, String body, long createdAt, long updatedAt, long revision) {}
