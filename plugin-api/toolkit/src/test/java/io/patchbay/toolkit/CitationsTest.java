package io.patchbay.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Next;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.Json;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import org.junit.jupiter.api.Test;

final class CitationsTest {
    @Test
    void sourcesAreToldOnce() {
        FlowRun<ChatEvent> run = FlowDriver.silent().run(turn -> {
            Citations citations = new Citations(turn);
            citations.tell();
            citations
                    .add("https://a.example", "A")
                    .add("https://b.example", null)
                    .add(null, "C")
                    .add("", "D");
            citations.tell();
            citations.add("https://e.example", "E").tell();
            return Next.done();
        });

        assertThat(run.events()).hasSize(1);
        assertThat(((ChatEvent.Extra) run.events().getFirst()).members())
                .isEqualTo(Json.parse("{\"annotations\":[{\"type\":\"url_citation\",\"url_citation\":"
                        + "{\"url\":\"https://a.example\",\"title\":\"A\"}},{\"type\":\"url_citation\",\"url_citation\":"
                        + "{\"url\":\"https://b.example\"}}]}"));
    }
}
