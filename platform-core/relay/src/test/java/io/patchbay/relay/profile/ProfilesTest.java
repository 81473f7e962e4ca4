package io.patchbay.relay.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.foundation.config.DatabaseConfig;
import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.problem.Problem;
import io.patchbay.foundation.state.SharedState;
import io.patchbay.spi.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProfilesTest {
    @TempDir
    private Path home;

    private Instant now = Instant.parse("2026-11-25T08:00:00Z");
    private final SharedState state = SharedState.inProcess(InstantSource.system());
    private Database database;
    private Profiles profiles;
    /** Another node on the same database and bus. */
    private Profiles elsewhere;

    @BeforeEach
    void open() {
        database = Database.open(DatabaseConfig.sqlite(home.resolve("test.db")), List.of(ProfileMapper.class));
        profiles = new Profiles(database, state.bus(), () -> now);
        elsewhere = new Profiles(database, state.bus(), () -> now);
    }

    @AfterEach
    void close() {
        profiles.close();
        elsewhere.close();
        database.close();
    }

    private static JsonObject body(String name) {
        return JsonObject.builder().put("id", "acme").put("name", name).build();
    }

    @Test
    void aProfileIsStoredAndKnownEverywhereAtOnce() {
        StoredProfile stored = profiles.put("acme", "toys", body("Acme"), null);

        assertThat(stored).isEqualTo(new StoredProfile("acme", "toys", body("Acme"), now, now, 1));
        assertThat(profiles.find("acme")).contains(stored);
        assertThat(elsewhere.find("acme")).contains(stored);
        assertThat(new Profiles(database, state.bus(), () -> now).all()).containsExactly(stored);
    }

    @Test
    void aChangeKeepsTheBirthdayAndCountsUp() {
        Instant born = now;
        profiles.put("acme", "toys", body("Acme"), null);
        now = now.plus(Duration.ofHours(1));

        profiles.put("acme", "tools", body("Acme 2"), 1L);

        assertThat(elsewhere.find("acme")).contains(new StoredProfile("acme", "tools", body("Acme 2"), born, now, 2));
    }

    @Test
    void aChangeFromAnOldRevisionIsRefused() {
        profiles.put("acme", "toys", body("Acme"), null);
        profiles.put("acme", "toys", body("Acme 2"), null);

        assertThatThrownBy(() -> profiles.put("acme", "toys", body("Acme 3"), 1L))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.PRECONDITION))
                .hasMessage("The profile 'acme' is at revision 2, not 1. Read it again.");
        assertThat(profiles.find("acme").orElseThrow().body()).isEqualTo(body("Acme 2"));
    }

    @Test
    void aRemovedProfileIsGoneEverywhere() {
        profiles.put("acme", "toys", body("Acme"), null);

        assertThat(profiles.delete("acme")).isTrue();
        assertThat(profiles.delete("acme")).isFalse();
        assertThat(profiles.all()).isEmpty();
        assertThat(elsewhere.all()).isEmpty();
    }

    @Test
    void listenersHearOfChangesOfAnyNode() {
        AtomicInteger heard = new AtomicInteger();
        var subscription = elsewhere.onChange(heard::incrementAndGet);

        profiles.put("acme", "toys", body("Acme"), null);
        assertThat(heard.get()).isPositive();
        int before = heard.get();
        subscription.close();
        profiles.delete("acme");
        assertThat(heard).hasValue(before);
    }

    @Test
    void whatCannotBeReadIsLeftOut() {
        database.write(transaction ->
                transaction.mapper(ProfileMapper.class).insert(new ProfileRow("broken", "toys", "{", 0, 0, 1)));

        profiles.put("acme", "toys", body("Acme"), null);

        assertThat(profiles.all()).extracting(StoredProfile::id).containsExactly("acme");
    }
}
