package io.patchbay.foundation.ids;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class IdsTest {
    @Test
    void requestIdsAreUniqueAndSortByTime() {
        byte[] high = new byte[10];
        Arrays.fill(high, (byte) 0xff);
        String before = RequestId.format(1_000_000L, high);
        String after = RequestId.format(1_000_001L, new byte[10]);
        assertThat(before).isLessThan(after).endsWith("ZZZZZZZZZZZZZZZZ");
        assertThat(RequestId.format(0, new byte[10])).isEqualTo("0".repeat(26));
        // The example of the ULID specification: 1469918176385 ms is 01ARYZ6S41.
        assertThat(RequestId.format(1_469_918_176_385L, new byte[10])).startsWith("01ARYZ6S41");

        Set<String> seen = new HashSet<>();
        for (int count = 0; count < 10_000; count++) {
            String id = RequestId.next();
            assertThat(id).hasSize(RequestId.LENGTH).matches("[0-9A-HJKMNP-TV-Z]{26}");
            assertThat(seen.add(id)).isTrue();
        }
    }

    @Test
    void tokensHaveTheirLengthAndAlphabet() {
        assertThat(SecureTokens.hex(32)).matches("[0-9a-f]{64}");
        assertThat(SecureTokens.alphanumeric(24)).matches("[0-9A-Za-z]{24}");
        assertThat(SecureTokens.digits(6)).matches("[0-9]{6}");
        assertThat(SecureTokens.hex(32)).isNotEqualTo(SecureTokens.hex(32));
        assertThat(SecureTokens.bytes(0)).isEmpty();
    }
}
