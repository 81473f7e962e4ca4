package io.patchbay.kernel;

/**
 * The outcome of an upload.
 *
 * @param change what happened
 * @param plugin the plugin afterwards
 */
public record Installed(Change change, PluginStatus plugin) {

    /** What an upload did. */
    public enum Change {
        /** The plugin is new here. */
        ADDED,
        /** Another version of the plugin was replaced. */
        UPDATED,
        /** The very same jar was installed before. */
        UNCHANGED
    }
}
