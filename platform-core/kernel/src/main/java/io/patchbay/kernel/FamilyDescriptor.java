package io.patchbay.kernel;

import io.patchbay.spi.Text;
import io.patchbay.spi.json.JsonObject;
import java.util.List;

/**
 * What a family of channel types says of itself.
 *
 * @param id its stable id
 * @param name its name for people
 * @param profiles the data its own members are made of
 */
public record FamilyDescriptor(String id, Text name, List<JsonObject> profiles) {
    public FamilyDescriptor {
        profiles = List.copyOf(profiles);
    }
}
