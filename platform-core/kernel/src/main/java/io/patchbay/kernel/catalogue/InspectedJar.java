package io.patchbay.kernel.catalogue;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pf4j.PluginDependency;
import org.pf4j.PluginDescriptor;

/**
 * A jar that was read and found fit to be a plugin, as far as that can be told without loading it.
 *
 * @param path where it is now
 * @param sha256 its digest in lower-case hexadecimal
 * @param name a name for people
 * @param bundle whether it has OSGi headers of its own; if not, they are made up when it is loaded
 * @param descriptor its catalogue entry
 */
public record InspectedJar(Path path, String sha256, String name, boolean bundle, PluginDescriptor descriptor) {

    /** Returns the {@code Plugin-Id}. */
    public String id() {
        return descriptor.getPluginId();
    }

    /** Returns the {@code Plugin-Version}, a semantic version. */
    public String version() {
        return descriptor.getVersion();
    }

    /** Returns the description; may be empty. */
    public String description() {
        return text(descriptor.getPluginDescription());
    }

    /** Returns who made it; may be empty. */
    public String provider() {
        return text(descriptor.getProvider());
    }

    /** Returns its licence; may be empty. */
    public String license() {
        return text(descriptor.getLicense());
    }

    /** Returns the wanted platform versions as an expression; {@code *} when any will do. */
    public String requires() {
        return text(descriptor.getRequires());
    }

    /** Returns the wanted plugins as {@code id@range}, a question mark behind the id of an optional one. */
    public List<String> dependencies() {
        return descriptor.getDependencies().stream().map(InspectedJar::text).toList();
    }

    /** Returns the same jar at another place. */
    InspectedJar movedTo(Path place) {
        return new InspectedJar(place, sha256, name, bundle, descriptor);
    }

    private static String text(PluginDependency dependency) {
        return dependency.getPluginId() + (dependency.isOptional() ? "?" : "") + "@"
                + dependency.getPluginVersionSupport();
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
