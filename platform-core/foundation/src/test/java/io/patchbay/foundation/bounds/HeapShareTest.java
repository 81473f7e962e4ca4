package io.patchbay.foundation.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HeapShareTest {
    private static final long HEAP = Runtime.getRuntime().maxMemory();

    @Test
    void aLargeHeapGivesWhatIsAskedFor() {
        assertThat(HeapShare.bytes(1_000, 16)).isEqualTo(1_000);
        assertThat(HeapShare.entries(10, 100, 16)).isEqualTo(10);
    }

    @Test
    void aSmallOneGivesItsPart() {
        assertThat(HeapShare.bytes(Long.MAX_VALUE, 8)).isEqualTo(HEAP / 8);
        assertThat(HeapShare.entries(2_000_000_000, 1_000, 8)).isEqualTo((int) (HEAP / 8 / 1_000));
        assertThat(HeapShare.bytes(1_000, Integer.MAX_VALUE)).isPositive();
    }
}
