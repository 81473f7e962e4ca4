package io.patchbay.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The command line. */
final class OptionsTest {
    @Test
    void everythingIsRunWhenNothingElseIsSaid() {
        Options options = Options.of(new String[0]);
        assertThat(options.only()).contains("start", "plain64", "swap").hasSize(9);
        assertThat(options.quick()).isFalse();
        assertThat(options.mariaDb()).isFalse();
    }

    @Test
    void scenariosDatabaseAndJavaOptionsAreChosen() {
        Options options = Options.of(new String[] {
            "--quick", "--only", "plain64,streams", "--database", "mariadb", "--java-opts", "-Xmx1g -XX:+UseSerialGC"
        });
        assertThat(options.only()).containsExactly("plain64", "streams");
        assertThat(options.quick()).isTrue();
        assertThat(options.mariaDb()).isTrue();
        assertThat(options.javaOptions()).isEqualTo("-Xmx1g -XX:+UseSerialGC");
    }

    @Test
    void whatIsWrongIsSaid() {
        assertThatThrownBy(() -> Options.of(new String[] {"--only", "plain65"})).hasMessageContaining("plain65");
        assertThatThrownBy(() -> Options.of(new String[] {"--database", "oracle"}))
                .hasMessageContaining("oracle");
        assertThatThrownBy(() -> Options.of(new String[] {"--only"})).hasMessageContaining("--only");
        assertThatThrownBy(() -> Options.of(new String[] {"--fast", "1"})).hasMessageContaining("--fast");
    }
}
