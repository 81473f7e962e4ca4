package io.patchbay.kernel;

/**
 * A service that new calls can reach.
 *
 * @param <D> the descriptor's type
 * @param id the service's id within its kind
 * @param descriptor what it says of itself
 * @param pluginId the plugin that provides it
 * @param pluginVersion that plugin's version
 * @param generation the generation new calls get
 */
public record Offered<D>(String id, D descriptor, String pluginId, String pluginVersion, long generation) {}
