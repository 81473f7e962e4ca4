package io.patchbay.toolkit.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The files a plugin carries beside its classes. */
public final class Resources {
    private Resources() {}

    /**
     * Returns the bytes of a file.
     *
     * @param owner a class of the plugin, in whose package the file lies
     * @param name behind that package, such as {@code channel-type.json}
     * @throws IllegalStateException when the plugin has no such file
     */
    public static byte[] read(Class<?> owner, String name) {
        try (InputStream in = owner.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the plugin lacks its resource " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
