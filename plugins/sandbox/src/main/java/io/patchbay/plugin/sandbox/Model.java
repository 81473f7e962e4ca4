package io.patchbay.plugin.sandbox;

import org.jspecify.annotations.Nullable;

/** The sandbox's models. */
enum Model {
    /** Repeats what the user wrote last. */
    ECHO("sandbox-echo"),
    /** Writes filler text. */
    LOREM("sandbox-lorem"),
    /** Calls the first tool it is given. */
    TOOLS("sandbox-tools");

    private final String id;

    Model(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }

    static @Nullable Model of(String id) {
        for (Model model : values()) {
            if (model.id.equals(id)) {
                return model;
            }
        }
        return null;
    }
}
