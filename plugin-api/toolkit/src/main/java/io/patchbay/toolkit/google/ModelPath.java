package io.patchbay.toolkit.google;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The names of Google's resources as parts of an address. */
public final class ModelPath {
    private ModelPath() {}

    /**
     * Returns the name of a model with its collection in front, fit for an address: {@code models/…} unless the name
     * has one of its own, such as {@code tunedModels/mine}.
     */
    public static String of(String model) {
        return encoded(model.indexOf('/') < 0 ? "models/" + model : model);
    }

    /** Returns a name with everything that would mean something else in an address encoded; slashes stay. */
    public static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/")
                .replace("%40", "@");
    }
}
