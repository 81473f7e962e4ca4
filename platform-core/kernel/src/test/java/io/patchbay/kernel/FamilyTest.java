package io.patchbay.kernel;

import static io.patchbay.kernel.Workbench.ask;
import static io.patchbay.kernel.Workbench.install;
import static io.patchbay.kernel.Workbench.refusal;
import static io.patchbay.kernel.Workbench.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patchbay.spi.ChannelFamily;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.json.JsonObject;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Families of channel types: one service, many types. */
final class FamilyTest {
    private static final String FAMILY = """
            package acme;

            import io.patchbay.spi.*;
            import io.patchbay.spi.json.*;
            import java.util.List;
            import org.osgi.service.component.annotations.*;

            @Component(service = ChannelFamily.class)
            public final class Family implements ChannelFamily {
                @Override public String id() { return "acme-family"; }

                @Override public Text name() { return Text.of("Acme"); }

                @Override public List<ChannelType> members() {
                    return profiles().stream().map(this::member).toList();
                }

                @Override public List<JsonObject> profiles() {
                    return List.of(profile("%s"), profile("%s"));
                }

                private static JsonObject profile(String id) { return JsonObject.builder().put("id", id).build(); }

                @Override public ChannelType member(JsonObject profile) {
                    String id = profile.string("id", "");
                    if (id.equals("bad")) {
                        throw new IllegalArgumentException("/id: expected another id, found \\"bad\\"");
                    }
                    return new Member(id);
                }
            }
            """;

    private static final String MEMBER = """
            package acme;

            import io.patchbay.spi.*;

            final class Member implements ChannelType {
                private final String id;

                Member(String id) { this.id = id; }

                @Override public ChannelDescriptor descriptor() {
                    return ChannelDescriptor.builder(id, Text.of(id)).build();
                }

                @Override public String toString() { return id + " %s"; }
            }
            """;

    private static JarForge family(String version, String first, String second) {
        return JarForge.plugin("acme", version)
                .source("acme.Family", FAMILY.formatted(first, second))
                .source("acme.Member", MEMBER.formatted(version));
    }

    @Test
    void membersAreChannelTypesOfThePlugin() {
        try (Workbench bench = new Workbench();
                PluginKernel kernel = bench.start()) {
            install(kernel, family("1.0.0", "one", "two").bundle());

            assertThat(kernel.channelTypes().all()).extracting(OfferedType::id).containsExactly("one", "two");
            assertThat(kernel.channelTypes().all())
                    .extracting(OfferedType::pluginId)
                    .containsOnly("acme");
            assertThat(ask(kernel, "one")).isEqualTo("one 1.0.0");
            assertThat(status(kernel, "acme").provides())
                    .containsExactly(
                            new PluginStatus.Provided("ChannelFamily", "acme-family"),
                            new PluginStatus.Provided("ChannelType", "one"),
                            new PluginStatus.Provided("ChannelType", "two"));
            assertThat(kernel.channelFamilies().all()).singleElement().satisfies(family -> {
                assertThat(family.id()).isEqualTo("acme-family");
                assertThat(family.pluginVersion()).isEqualTo("1.0.0");
                assertThat(family.descriptor().profiles())
                        .extracting(profile -> profile.string("id"))
                        .containsExactly("one", "two");
            });
        }
    }

    @Test
    void aPlainJarMayListAFamily() {
        try (Workbench bench = new Workbench();
                PluginKernel kernel = bench.start()) {
            install(
                    kernel,
                    family("1.0.0", "one", "two")
                            .service(ChannelFamily.class, "acme.Family")
                            .plain());

            assertThat(ask(kernel, "two")).isEqualTo("two 1.0.0");
            assertThat(kernel.channelFamilies().lease("acme-family")).isPresent();
        }
    }

    @Test
    void aFamilyMakesFurtherTypesWhileItIsLeased() {
        try (Workbench bench = new Workbench();
                PluginKernel kernel = bench.start()) {
            install(kernel, family("1.0.0", "one", "two").bundle());

            try (Lease<ChannelFamily> lease =
                    kernel.channelFamilies().lease("acme-family").orElseThrow()) {
                assertThat(lease.service().member(profile("three"))).hasToString("three 1.0.0");
                assertThatThrownBy(() -> lease.service().member(profile("bad")))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            assertThat(kernel.channelFamilies().lease("another")).isEmpty();
        }
    }

    private static JsonObject profile(String id) {
        return JsonObject.builder().put("id", id).build();
    }

    @Test
    void aSwapBringsAndTakesMembersAndLeavesRunningCallsAlone() {
        try (Workbench bench = new Workbench();
                PluginKernel kernel = bench.start()) {
            install(kernel, family("1.0.0", "one", "two").bundle());
            Lease<ChannelType> call = kernel.channelTypes().lease("one").orElseThrow();

            install(kernel, family("2.0.0", "two", "three").bundle());

            assertThat(kernel.channelTypes().all()).extracting(OfferedType::id).containsExactly("three", "two");
            assertThat(ask(kernel, "one")).isNull();
            assertThat(ask(kernel, "two")).isEqualTo("two 2.0.0");
            assertThat(call.service()).hasToString("one 1.0.0");
            assertThat(status(kernel, "acme").draining()).singleElement();
            call.close();
            await().untilAsserted(
                            () -> assertThat(status(kernel, "acme").draining()).isEmpty());

            kernel.remove("acme").join();
            assertThat(kernel.channelTypes().all()).isEmpty();
            assertThat(kernel.channelFamilies().all()).isEmpty();
        }
    }

    @Test
    void aMemberThatAnotherPluginProvidesIsRefused() {
        try (Workbench bench = new Workbench();
                PluginKernel kernel = bench.start()) {
            install(kernel, JarForge.channelType("two", "1.0.0").bundle());

            PluginRejected refusal =
                    refusal(kernel, family("1.0.0", "one", "two").bundle());

            assertThat(refusal.code()).isEqualTo(RejectionCode.DUPLICATE_PROVIDED_ID);
            assertThat(refusal.text()).contains("the ChannelType 'two'");
            assertThat(kernel.channelTypes().all()).extracting(OfferedType::id).containsExactly("two");
            assertThat(kernel.channelFamilies().all()).isEmpty();
        }
    }

    @Test
    void twoMembersOfOneIdAreRefused() {
        try (Workbench bench = new Workbench();
                PluginKernel kernel = bench.start()) {
            PluginRejected refusal =
                    refusal(kernel, family("1.0.0", "one", "one").bundle());

            assertThat(refusal.code()).isEqualTo(RejectionCode.DUPLICATE_PROVIDED_ID);
            assertThat(refusal.text()).contains("provides the ChannelType 'one' twice");
        }
    }

    @Test
    void aFamilyThatCannotMakeItsMembersIsRefused() {
        try (Workbench bench = new Workbench();
                PluginKernel kernel = bench.start()) {
            PluginRejected refusal =
                    refusal(kernel, family("1.0.0", "one", "bad").bundle());

            assertThat(refusal.code()).isEqualTo(RejectionCode.PROBE_FAILED);
            assertThat(refusal.text()).contains("cannot name its channel types").contains("expected another id");
            assertThat(kernel.plugins()).isEmpty();
        }
    }

    @Test
    void theClassesOfReplacedFamiliesAreCollected() {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        try (Workbench bench = new Workbench();
                PluginKernel kernel = bench.start()) {
            for (int i = 0; i < 10; i++) {
                install(kernel, family("1." + i + ".0", "one", "two").bundle());
                try (Lease<ChannelType> member =
                                kernel.channelTypes().lease("one").orElseThrow();
                        Lease<ChannelFamily> family =
                                kernel.channelFamilies().lease("acme-family").orElseThrow()) {
                    loaders.add(new WeakReference<>(member.service().getClass().getClassLoader()));
                    assertThat(family.service()
                                    .member(profile("own"))
                                    .descriptor()
                                    .id())
                            .isEqualTo("own");
                }
            }
            kernel.remove("acme").join();

            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                System.gc();
                assertThat(loaders).hasSize(10).allMatch(loader -> loader.refersTo(null));
            });
        }
    }
}
