package io.patchbay.kernel.catalogue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Manifest;
import org.osgi.framework.Version;

/**
 * The packages the host exports to plugins, with their true versions: read from the manifests of the bundles that contain them,
 * so that no list has to be kept by hand.
 */
public final class HostPackages {
    /** A copy of these inside a plugin does no harm: annotations only, which shading tools like to leave behind. */
    private static final Set<String> HARMLESS = Set.of("org.jspecify.annotations");

    private final Map<String, List<Version>> versions;

    private HostPackages(Map<String, List<Version>> versions) {
        this.versions = versions;
    }

    /** Collects the {@code Export-Package} headers of some bundles' manifests. */
    public static HostPackages of(List<Manifest> manifests) {
        Map<String, List<Version>> versions = new LinkedHashMap<>();
        for (Manifest manifest : manifests) {
            String exports = manifest.getMainAttributes().getValue("Export-Package");
            for (HeaderClause clause : HeaderClause.parse(exports == null ? "" : exports)) {
                Version version = Version.parseVersion(clause.attributes().get("version"));
                for (String path : clause.paths()) {
                    versions.computeIfAbsent(path, name -> new ArrayList<>()).add(version);
                }
            }
        }
        return new HostPackages(versions);
    }

    /** Returns the export clauses for the framework's system bundle. */
    public String exportClauses() {
        List<String> clauses = new ArrayList<>();
        versions.forEach((name, all) -> all.forEach(version -> clauses.add(name + ";version=\"" + version + "\"")));
        return String.join(",", clauses);
    }

    /**
     * Returns import clauses for a jar that declares none: every host package, in the host's major version. They are optional, so
     * that a package the jar does not use costs nothing, and static, so that no class is ever wired during a call.
     */
    public String importClauses() {
        List<String> clauses = new ArrayList<>();
        versions.forEach((name, all) -> {
            Version version = all.getFirst();
            clauses.add("%s;version=\"[%d.%d,%d)\";resolution:=optional"
                    .formatted(name, version.getMajor(), 0, version.getMajor() + 1));
        });
        return String.join(",", clauses);
    }

    /** Returns whether a plugin must not carry classes of this package. */
    public boolean reserved(String packageName) {
        return (versions.containsKey(packageName) && !HARMLESS.contains(packageName))
                || packageName.startsWith("java.")
                || within(packageName, "io.patchbay.spi")
                || within(packageName, "io.patchbay.dialects")
                || within(packageName, "org.osgi.framework");
    }

    private static boolean within(String packageName, String root) {
        return packageName.equals(root) || packageName.startsWith(root + ".");
    }

    /** Returns the version the host lends a package in; empty when it does not lend it. */
    public Optional<Version> version(String packageName) {
        return Optional.ofNullable(versions.get(packageName)).map(List::getFirst);
    }
}
