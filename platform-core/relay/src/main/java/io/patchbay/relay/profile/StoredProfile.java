package io.patchbay.relay.profile;

import io.patchbay.spi.json.JsonObject;
import java.time.Instant;

/**
 * A channel type as data.
 *
 * @param id the type's id
 * @param family the family of channel types that understands it
 * @param body what the family makes the type of
 * @param revision grows by one with each change, from 1
 */
public record StoredProfile(
        String id, String family, JsonObject body, Instant createdAt, Instant updatedAt, long revision) {}
