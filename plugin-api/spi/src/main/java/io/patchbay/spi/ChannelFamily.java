package io.patchbay.spi;

import io.patchbay.spi.json.JsonObject;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Channel types that differ by data only, for example all vendors that speak one dialect. A plugin brings some of them
 * along; an administrator adds others while the server runs, without code.
 *
 * <p>Stateless and called from many threads, like a {@link ChannelType}.
 */
@ConsumerType
public interface ChannelFamily {
    /** Returns the stable id of the family, by the rules of a channel type's id; the same at every call. */
    String id();

    /** Returns what this is called. */
    Text name();

    /** Returns the channel types the plugin brings along; the same ids at every call. */
    List<ChannelType> members();

    /** Returns the data a plugin's own members are made of, by id: examples and starting points for new ones. */
    List<JsonObject> profiles();

    /**
     * Returns a channel type made from data. Must be quick: the host may call it once per call.
     *
     * @param profile the data; its member {@code id} is the type's id
     * @throws IllegalArgumentException with a sentence that names the member at fault and what was expected there
     */
    ChannelType member(JsonObject profile);
}
