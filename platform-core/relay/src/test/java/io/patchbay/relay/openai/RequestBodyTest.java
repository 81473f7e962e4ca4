package io.patchbay.relay.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.foundation.config.LimitsConfig;
import io.patchbay.foundation.problem.Problem;
import io.patchbay.relay.overload.Entrance;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestBodyTest {
    private static final int LIMIT = 100_000;

    private final Entrance entrance = new Entrance(new LimitsConfig(10, 10, 10, 10, 150_000));

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** Gives a byte now and a few then, as networks do. */
    private static InputStream dripping(byte[] body) {
        return new ByteArrayInputStream(body) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(length, 1 + pos % 1_000));
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16 * 1024 - 1, 16 * 1024, 16 * 1024 + 1, 65_536, LIMIT - 1, LIMIT})
    void allOfItIsReadWithAndWithoutALength(int length) throws IOException {
        byte[] body = bytes(length);
        for (long declared : new long[] {length, -1}) {
            try (var place = entrance.enter(1)) {
                assertThat(RequestBody.read(dripping(body), declared, LIMIT, place))
                        .isEqualTo(body);
                assertThat(entrance.bodyBytes()).isGreaterThanOrEqualTo(length);
            }
        }
        assertThat(entrance.bodyBytes()).isZero();
    }

    @Test
    void whatIsTooLargeIsRefusedWithAndWithoutALength() throws IOException {
        for (long declared : new long[] {LIMIT + 1, -1}) {
            try (var place = entrance.enter(1)) {
                assertKind(Problem.Kind.TOO_LARGE, dripping(bytes(LIMIT + 1)), declared, place);
            }
        }
    }

    @Test
    void thereMustBeRoomBeforeItIsRead() throws IOException {
        try (var first = entrance.enter(1);
                var second = entrance.enter(2)) {
            RequestBody.read(new ByteArrayInputStream(bytes(90_000)), 90_000, LIMIT, first);
            InputStream untouched = new InputStream() {
                @Override
                public int read() {
                    throw new AssertionError("read although there is no room");
                }
            };
            assertKind(Problem.Kind.UNAVAILABLE, untouched, 90_000, second);
            assertKind(Problem.Kind.UNAVAILABLE, new ByteArrayInputStream(bytes(90_000)), -1, second);
        }
    }

    @Test
    void aBodyThatDoesNotComeIsTheClientsMatter() throws IOException {
        InputStream silent = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException(new TimeoutException("Idle timeout"));
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return read();
            }
        };
        try (var place = entrance.enter(1)) {
            assertKind(Problem.Kind.TIMEOUT, silent, 10, place);
        }
    }

    private static void assertKind(
            Problem.Kind kind, InputStream in, long declared, io.patchbay.relay.overload.Place place) {
        assertThatThrownBy(() -> RequestBody.read(in, declared, LIMIT, place))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.kind()).isEqualTo(kind));
    }
}
