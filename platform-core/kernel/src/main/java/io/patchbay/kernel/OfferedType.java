package io.patchbay.kernel;

import io.patchbay.spi.ChannelDescriptor;

/**
 * A channel type that new calls can use now.
 *
 * @param id the type id that channel rows store, for example {@code openai}
 * @param descriptor what the type says of itself
 * @param pluginId the plugin that provides it
 * @param pluginVersion that plugin's version
 * @param generation the generation new calls get
 */
public record OfferedType(
        String id, ChannelDescriptor descriptor, String pluginId, String pluginVersion, long generation) {}
