package io.patchbay.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The arrows between the rooms, as docs/architecture.md draws them. Think hard before adding one. */
final class ArchitectureTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.patchbay");

    private static final JavaClasses PLUGINS = new ClassFileImporter().importJars(jars());

    private static List<JarFile> jars() {
        try (Stream<Path> files = Files.list(TestServer.plugins())) {
            List<JarFile> jars = new ArrayList<>();
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                jars.add(new JarFile(file.toFile()));
            }
            return jars;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void arrowsPointOneWay() {
        Architectures.layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("spi")
                .definedBy("io.patchbay.spi..")
                .layer("dialects")
                .definedBy("io.patchbay.dialects..")
                .layer("foundation")
                .definedBy("io.patchbay.foundation..")
                .layer("kernel")
                .definedBy("io.patchbay.kernel..")
                .layer("accounts")
                .definedBy("io.patchbay.accounts..")
                .layer("billing")
                .definedBy("io.patchbay.billing..")
                .layer("relay")
                .definedBy("io.patchbay.relay..")
                .layer("server")
                .definedBy("io.patchbay.server..")
                .whereLayer("server")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("relay")
                .mayOnlyBeAccessedByLayers("server")
                .whereLayer("billing")
                .mayOnlyBeAccessedByLayers("relay", "server")
                .whereLayer("accounts")
                .mayOnlyBeAccessedByLayers("billing", "relay", "server")
                .whereLayer("kernel")
                .mayOnlyBeAccessedByLayers("relay", "server")
                .whereLayer("foundation")
                .mayOnlyBeAccessedByLayers("kernel", "accounts", "billing", "relay", "server")
                .whereLayer("dialects")
                .mayOnlyBeAccessedByLayers("kernel", "relay", "server")
                .check(OURS);
    }

    @Test
    void whatPluginsSeeDependsOnAlmostNothing() {
        classes()
                .that()
                .resideInAPackage("io.patchbay.spi..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.patchbay.spi..", "java..", "org.slf4j..", "org.jspecify..", "org.osgi.annotation..")
                .check(OURS);
        classes()
                .that()
                .resideInAPackage("io.patchbay.dialects..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.patchbay.dialects..",
                        "io.patchbay.spi..",
                        "java..",
                        "org.jspecify..",
                        "org.osgi.annotation..")
                .check(OURS);
    }

    @Test
    void pluginsSeeOnlyTheApi() {
        noClasses()
                .that()
                .resideInAPackage("io.patchbay.plugin..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.patchbay.foundation..",
                        "io.patchbay.kernel..",
                        "io.patchbay.accounts..",
                        "io.patchbay.billing..",
                        "io.patchbay.relay..",
                        "io.patchbay.server..",
                        "java.net..",
                        "java.nio.file..",
                        "java.util.concurrent..")
                .check(PLUGINS);
    }

    @Test
    void roomsHaveNoCircles() {
        slices().matching("io.patchbay.(*)..").should().beFreeOfCycles().check(OURS);
        slices().matching("io.patchbay.relay.(*)..").should().beFreeOfCycles().check(OURS);
    }

    @Test
    void moneyIsNeverAFloat() {
        noClasses()
                .that()
                .resideInAPackage("io.patchbay.billing.ledger..")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Double.class, Float.class)
                .check(OURS);
    }
}
