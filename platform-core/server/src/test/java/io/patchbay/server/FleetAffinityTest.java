package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.foundation.json.Json;
import io.patchbay.server.FleetCalls.Seen;
import io.patchbay.server.fleet.Asked;
import io.patchbay.server.fleet.FleetUpstream;
import io.patchbay.server.fleet.Temper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A conversation stays with the channel and the key that answered it, so that the provider's prompt cache is warm. */
@RunsAlone
@Timeout(60)
final class FleetAffinityTest {
    private static final int CONVERSATIONS = 12;
    private static final int TURNS = 6;

    @TempDir
    private static Path home;

    private static final List<FleetUpstream> upstreams = new ArrayList<>();
    private static final Map<String, Long> ids = new HashMap<>();
    private static TestServer server;
    private static FleetCalls calls;

    /** A conversation as its client keeps it. */
    private static final class Conversation {
        private final String name;
        private final List<Map<String, String>> messages = new ArrayList<>();
        private int turn;

        Conversation(String name) {
            this.name = name;
        }

        /** Asks the next question, every second time in a stream, and returns the channel that answered. */
        String goOn() {
            turn++;
            String question = name + " turn " + turn;
            messages.add(Map.of("role", "user", "content", question));
            Seen seen = calls.ask("talk", messages, question, turn % 2 == 0);
            assertThat(seen.whole()).as(seen.raw()).isTrue();
            messages.add(Map.of("role", "assistant", "content", seen.text()));
            return seen.text().split(":", 2)[0];
        }
    }

    @BeforeAll
    static void start() {
        server = TestServer.start(home);
        server.client().signIn();
        server.client().price("talk");
        for (int weight = 1; weight <= 4; weight++) {
            String name = "channel-" + weight;
            FleetUpstream upstream = FleetUpstream.start(name, Temper.answering(Duration.ZERO));
            upstreams.add(upstream);
            ObjectNode form = FleetCalls.form(name, upstream.endpoint(), List.of("talk"));
            form.put("weight", weight)
                    .put("secret", "sk-fleet-" + name + "-a\nsk-fleet-" + name + "-b\nsk-fleet-" + name + "-c");
            ids.put(name, FleetCalls.create(server.client(), form));
        }
        calls = new FleetCalls(server.client(), server.client().apiKey());
    }

    @AfterAll
    static void stop() {
        server.close();
        upstreams.forEach(FleetUpstream::close);
    }

    @BeforeEach
    void affinityIsOn() {
        affinity(true);
    }

    private static void affinity(boolean on) {
        server.client()
                .send(
                        "PUT",
                        "/api/admin/routing",
                        Json.write(Map.of("affinity", on)),
                        server.client().session());
    }

    /** Lets all conversations go on in turns, as at a busy site. */
    private static List<Conversation> talk(String name) {
        List<Conversation> all = new ArrayList<>();
        for (int i = 0; i < CONVERSATIONS; i++) {
            all.add(new Conversation(name + "-" + i));
        }
        for (int turn = 0; turn < TURNS; turn++) {
            all.forEach(Conversation::goOn);
        }
        return all;
    }

    /** Returns the upstreams and keys that saw a conversation. */
    private static Set<String> places(String conversation) {
        Set<String> places = new HashSet<>();
        for (FleetUpstream upstream : upstreams) {
            for (Asked asked : upstream.asked()) {
                if (asked.id().startsWith(conversation + " ")) {
                    places.add(upstream.name() + " " + asked.key());
                }
            }
        }
        return places;
    }

    @Test
    void aConversationStaysOnOneChannelAndKey() {
        Set<String> all = new HashSet<>();
        for (Conversation one : talk("stay")) {
            assertThat(places(one.name)).as(one.name).hasSize(1);
            all.addAll(places(one.name));
        }
        assertThat(all).as("first questions are still spread").hasSizeGreaterThan(2);
    }

    @Test
    void withoutAffinityItIsSpread() {
        affinity(false);
        assertThat(talk("spread")).anyMatch(one -> places(one.name).size() > 2);
    }

    @Test
    void aConversationMovesWhenItsChannelIsSwitchedOffAndThenStaysThere() {
        Conversation conversation = new Conversation("move");
        String before = conversation.goOn();
        assertThat(conversation.goOn()).isEqualTo(before);

        server.client().get("/api/admin/channel/deactivate/" + ids.get(before));
        String after = conversation.goOn();

        assertThat(after).isNotEqualTo(before);
        server.client().get("/api/admin/channel/activate/" + ids.get(before));
        for (int i = 0; i < 4; i++) {
            assertThat(conversation.goOn())
                    .as("it does not come back: the new cache is warm")
                    .isEqualTo(after);
        }
    }
}
