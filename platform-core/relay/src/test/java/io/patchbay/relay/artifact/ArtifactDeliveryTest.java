package io.patchbay.relay.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.foundation.problem.Problem;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are there, that are still to come, and that never come. */
final class ArtifactDeliveryTest {
    private static final byte[] FILM = "\0\0\0\30ftypisom and the rest".getBytes(StandardCharsets.ISO_8859_1);

    @TempDir
    private Path home;

    private final AtomicInteger asked = new AtomicInteger();
    private CompletableFuture<Optional<Fault>> bringing = new CompletableFuture<>();

    private Artifacts artifacts() {
        return new Artifacts(home, "");
    }

    private Response ask(String name, Duration patience) {
        PromisedFiles promised = wanted -> {
            asked.incrementAndGet();
            return wanted.startsWith("0") ? Optional.empty() : Optional.of(bringing);
        };
        return new ArtifactDelivery(artifacts(), promised, patience).answer(name, header -> null);
    }

    private String promised() {
        String name;
        do {
            name = artifacts().reserve("video", null).name();
        } while (name.startsWith("0"));
        return name;
    }

    private void bring(String name) {
        try (IncomingFile file = artifacts().receive(name)) {
            file.write(FILM);
            file.complete();
        }
    }

    private void assertRefused(String name, Duration patience, Problem.Kind kind, String code) {
        assertThatThrownBy(() -> ask(name, patience)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.kind()).isEqualTo(kind);
            assertThat(problem.fields().getOrDefault("code", "")).isEqualTo(code);
        });
    }

    @Test
    void aFileThatIsThereIsGivenOutWithoutAskingAnybody() {
        String name = promised();
        bring(name);
        try (Response response = ask(name, Duration.ofSeconds(10))) {
            assertThat(response.getStatus()).isEqualTo(200);
            assertThat(response.getHeaderString("Content-Length")).isEqualTo(Integer.toString(FILM.length));
        }
        assertThat(asked).hasValue(0);
    }

    @Test
    void whoeverAsksForAPromisedFileWaitsForIt() {
        String name = promised();
        CompletableFuture<Optional<Fault>> open = bringing;
        Thread upstream = Thread.ofVirtual().start(() -> {
            bring(name);
            open.complete(Optional.empty());
        });
        try (Response response = ask(name, Duration.ofSeconds(10))) {
            assertThat(response.getStatus()).isEqualTo(200);
            assertThat(response.getMediaType()).hasToString("video/mp4");
        }
        assertThat(upstream).isNotNull();
    }

    @Test
    void patienceHasAnEnd() {
        assertRefused(promised(), Duration.ofMillis(20), Problem.Kind.UNAVAILABLE, "not_ready");
    }

    @Test
    void whatTheUpstreamDoesNotHandOutIsTheUpstreamsFault() {
        bringing = CompletableFuture.completedFuture(
                Optional.of(Fault.of(FaultKind.NO_ACCESS, "https://secret.example says no")));
        assertRefused(promised(), Duration.ofSeconds(10), Problem.Kind.UPSTREAM, "product_unavailable");
        assertThatThrownBy(() -> ask(promised(), Duration.ofSeconds(10))).hasMessageNotContaining("secret.example");
    }

    @Test
    void whatNobodyPromisedIsNotFound() {
        assertRefused("0".repeat(40) + ".mp4", Duration.ofSeconds(10), Problem.Kind.NOT_FOUND, "");
        assertRefused("0../../patchbay.db", Duration.ofSeconds(10), Problem.Kind.NOT_FOUND, "");
    }
}
