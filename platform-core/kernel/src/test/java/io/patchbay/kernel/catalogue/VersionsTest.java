package io.patchbay.kernel.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class VersionsTest {
    private final Versions versions = new Versions();

    @Test
    void ordersAsSemanticVersionsDo() {
        assertThat(versions.newer("1.10.0", "1.9.0")).isTrue();
        assertThat(versions.newer("1.0.0", "1.0.0-rc.1")).isTrue();
        assertThat(versions.newer("1.0.0-rc.1", "1.0.0")).isFalse();
        assertThat(versions.newer("1.0.0", "1.0.0")).isFalse();
    }

    @Test
    void knowsVersionsAndPreReleases() {
        assertThat(versions.valid("1.2.3-beta.1+5")).isTrue();
        assertThat(versions.valid("1.2")).isFalse();
        assertThat(versions.valid("")).isFalse();
        assertThat(versions.preRelease("1.2.3-beta.1+5")).isTrue();
        assertThat(versions.preRelease("1.2.3+build-5")).isFalse();
    }

    @Test
    void comparesWithRanges() {
        assertThat(versions.within("1.4.0", ">=1.2.0 & <2.0.0")).isTrue();
        assertThat(versions.within("2.0.0", ">=1.2.0 & <2.0.0")).isFalse();
        assertThat(versions.within("2.0.0", "1.2.0")).isTrue();
        assertThat(versions.within("1.1.9", "1.2.0")).isFalse();
        assertThat(versions.within("0.1.0-SNAPSHOT", ">=0.1.0")).isTrue();
        assertThat(versions.within("0.1.0", "*")).isTrue();
        assertThat(versions.within("0.1.0", " ")).isTrue();
        assertThatThrownBy(() -> versions.within("1.0.0", ">=")).isInstanceOf(IllegalArgumentException.class);
    }
}
