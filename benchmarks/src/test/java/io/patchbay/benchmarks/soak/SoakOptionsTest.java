package io.patchbay.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class SoakOptionsTest {
    @Test
    void readsTheCommandLine() {
        SoakOptions options = SoakOptions.of(
                new String[] {"--top", "/top", "--minutes", "60", "--java-opts", "-Xmx300m -XX:+UseSerialGC"});
        assertThat(options).isEqualTo(new SoakOptions(Path.of("/top"), 60, "-Xmx300m -XX:+UseSerialGC", false));
        assertThat(SoakOptions.of(new String[] {"--check"}).minutes()).isEqualTo(10);
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        for (String minutes : new String[] {"0", "1441", "-1", "x", ""}) {
            assertThatThrownBy(() -> SoakOptions.of(new String[] {"--minutes", minutes}))
                    .hasMessage("--minutes: expected 1 to 1440, found " + minutes);
        }
        assertThatThrownBy(() -> SoakOptions.of(new String[] {"--fast", "1"})).hasMessage("unknown option --fast");
        assertThatThrownBy(() -> SoakOptions.of(new String[] {"--minutes"}))
                .hasMessage("unknown option or no value: --minutes");
    }
}
