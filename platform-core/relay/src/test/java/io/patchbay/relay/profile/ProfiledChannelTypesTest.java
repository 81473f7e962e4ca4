package io.patchbay.relay.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.foundation.config.DatabaseConfig;
import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.problem.Problem;
import io.patchbay.foundation.state.SharedState;
import io.patchbay.kernel.Lease;
import io.patchbay.kernel.OfferedType;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.json.JsonObject;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProfiledChannelTypesTest {
    @TempDir
    private Path home;

    private final ToyKernel kernel = new ToyKernel();
    private Database database;
    private Profiles profiles;
    private ProfiledChannelTypes types;
    private ProfileCheck check;

    @BeforeEach
    void open() {
        database = Database.open(DatabaseConfig.sqlite(home.resolve("test.db")), List.of(ProfileMapper.class));
        profiles = new Profiles(
                database, SharedState.inProcess(InstantSource.system()).bus(), InstantSource.system());
        types = new ProfiledChannelTypes(kernel.types(), kernel.families(), profiles);
        check = new ProfileCheck(kernel.families());
    }

    @AfterEach
    void close() {
        assertThat(kernel.leases).hasValue(0);
        profiles.close();
        database.close();
    }

    private static JsonObject toy(String id, String name) {
        return JsonObject.builder().put("id", id).put("name", name).build();
    }

    @Test
    void aTypeThatOnlyAProfileHasIsMadeByItsFamily() {
        profiles.put("own", "toys", toy("own", "Own"), null);

        Lease<ChannelType> lease = types.lease("own").orElseThrow();

        assertThat(lease.service()).isEqualTo(new ToyKernel.Toy(toy("own", "Own")));
        assertThat(lease.pluginId()).isEqualTo("toybox");
        assertThat(lease.generation()).isEqualTo(7);
        assertThat(kernel.leases).hasValue(1);
        lease.close();
        lease.close();
        assertThat(kernel.leases).hasValue(0);
        assertThatThrownBy(lease::service).isInstanceOf(IllegalStateException.class);
        assertThat(types.lease("nobody")).isEmpty();
    }

    @Test
    void aChangeIsInTheNextLease() {
        profiles.put("own", "toys", toy("own", "Own"), null);
        try (Lease<ChannelType> before = types.lease("own").orElseThrow()) {
            profiles.put("own", "toys", toy("own", "Other"), null);
            try (Lease<ChannelType> after = types.lease("own").orElseThrow()) {
                assertThat(before.service()).isEqualTo(new ToyKernel.Toy(toy("own", "Own")));
                assertThat(after.service()).isEqualTo(new ToyKernel.Toy(toy("own", "Other")));
            }
        }
    }

    @Test
    void whatAPluginProvidesWins() {
        profiles.put("shipped", "toys", toy("shipped", "Mine"), null);

        try (Lease<ChannelType> lease = types.lease("shipped").orElseThrow()) {
            assertThat(lease.service()).isEqualTo(new ToyKernel.Toy(toy("shipped", "Shipped")));
        }
        assertThat(types.all()).extracting(OfferedType::id).containsExactly("shipped");
    }

    @Test
    void bothSortsAreListedInOrderAndWhatCannotBeMadeIsLeftOut() {
        profiles.put("zebra", "toys", toy("zebra", "Zebra"), null);
        profiles.put("ant", "toys", toy("ant", "Ant"), null);
        profiles.put("lost", "no-such-family", toy("lost", "Lost"), null);
        profiles.put("bad", "toys", JsonObject.builder().put("id", "bad").build(), null);
        profiles.put("worse", "toys", toy("worse", "trouble"), null);
        profiles.put("alias", "toys", toy("another", "Another"), null);

        assertThat(types.all()).extracting(OfferedType::id).containsExactly("ant", "shipped", "zebra");
        assertThat(types.all().getFirst().descriptor().name().byLanguage()).containsEntry("en", "Ant");
        assertThat(types.lease("bad")).isEmpty();
        assertThat(types.lease("worse")).isEmpty();
        assertThat(types.lease("lost")).isEmpty();
    }

    @Test
    void withoutItsFamilyAProfileWaits() {
        profiles.put("own", "toys", toy("own", "Own"), null);
        kernel.running = false;
        assertThat(types.lease("own")).isEmpty();
        assertThat(types.all()).isEmpty();

        kernel.running = true;
        types.lease("own").orElseThrow().close();
    }

    @Test
    void listenersHearOfProfiles() {
        AtomicInteger heard = new AtomicInteger();
        var subscription = types.onChange(heard::incrementAndGet);

        profiles.put("own", "toys", toy("own", "Own"), null);
        int once = heard.get();
        subscription.close();
        profiles.delete("own");

        assertThat(once).isPositive();
        assertThat(heard).hasValue(once);
    }

    // ---- checks before storing ----

    private Problem refusal(String id, JsonObject body) {
        try {
            check.descriptor(id, "toys", body);
        } catch (Problem e) {
            return e;
        }
        throw new AssertionError("was not refused");
    }

    @Test
    void aGoodProfileIsDescribed() {
        assertThat(check.descriptor("own", "toys", toy("own", "Own")).id()).isEqualTo("own");
        assertThat(check.family(null)).isEqualTo("toys");
        assertThat(check.family("other")).isEqualTo("other");
    }

    @Test
    void aMistakeIsToldWithItsMember() {
        Problem problem = refusal("own", JsonObject.builder().put("id", "own").build());

        assertThat(problem.kind()).isEqualTo(Problem.Kind.UNPROCESSABLE);
        assertThat(problem.detail()).isEqualTo("/name: expected a text, found nothing");
        assertThat(problem.fields()).containsEntry("member", "/name");
    }

    @Test
    void anotherIdThanInTheAddressIsAMistake() {
        assertThat(refusal("own", toy("other", "Own")).fields()).containsEntry("member", "/id");
        assertThat(refusal("own", JsonObject.EMPTY).fields()).containsEntry("member", "/id");
        assertThat(refusal("Own!", toy("Own!", "Own")).kind()).isEqualTo(Problem.Kind.UNPROCESSABLE);
    }

    @Test
    void aPluginThatFailsOverAProfileIsNamed() {
        assertThat(refusal("own", toy("own", "trouble")).detail())
                .startsWith("The plugin failed over the profile: ")
                .contains("a mistake of the plugin");
    }

    @Test
    void aProfileOfUnreasonableSizeIsRefused() {
        assertThat(refusal("own", toy("own", "x".repeat(70_000))).kind()).isEqualTo(Problem.Kind.TOO_LARGE);
    }

    @Test
    void withoutTheFamilyNothingCanBeChecked() {
        kernel.running = false;

        assertThat(refusal("own", toy("own", "Own")).kind()).isEqualTo(Problem.Kind.CONFLICT);
        assertThatThrownBy(() -> check.family(null)).hasMessageContaining("Say which family");
    }
}
