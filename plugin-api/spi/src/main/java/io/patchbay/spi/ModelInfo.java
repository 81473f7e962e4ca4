package io.patchbay.spi;

import io.patchbay.spi.json.JsonObject;

/**
 * One model an upstream says it has.
 *
 * @param id the upstream's name of the model
 * @param owner who owns it, empty when not told
 * @param raw the upstream's own description, empty when there is none
 */
public record ModelInfo(String id, String owner, JsonObject raw) {}
