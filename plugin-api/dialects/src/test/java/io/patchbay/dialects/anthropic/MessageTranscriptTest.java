package io.patchbay.dialects.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class MessageTranscriptTest {
    static Stream<String> names() {
        return MessageTranscript.resource("index.txt").lines();
    }

    private static byte[] stream(String name) {
        return MessageTranscript.resource(name + ".sse").getBytes(StandardCharsets.UTF_8);
    }

    private static String expected(String name) {
        return MessageTranscript.resource(name + ".expected");
    }

    @ParameterizedTest
    @MethodSource("names")
    void isDecodedAsRecorded(String name) {
        assertThat(MessageTranscript.outcome(stream(name))).isEqualTo(expected(name));
    }

    @ParameterizedTest
    @MethodSource("names")
    void isDecodedAlikeWhereverItIsCut(String name) {
        byte[] stream = stream(name);
        String expected = expected(name);
        for (int cut = 0; cut <= stream.length; cut++) {
            assertThat(MessageTranscript.outcome(stream, cut))
                    .as("cut at %d", cut)
                    .isEqualTo(expected);
        }
        assertThat(MessageTranscript.outcome(stream, everyByte(stream))).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("names")
    void isDecodedAlikeWithOtherLineEnds(String name) {
        String stream = MessageTranscript.resource(name + ".sse");
        String expected = expected(name);
        for (String end : List.of("\r\n", "\r")) {
            byte[] other = stream.replace("\n", end).getBytes(StandardCharsets.UTF_8);
            assertThat(MessageTranscript.outcome(other)).isEqualTo(expected);
            assertThat(MessageTranscript.outcome(other, everyByte(other))).isEqualTo(expected);
            for (int cut = 0; cut <= other.length; cut++) {
                assertThat(MessageTranscript.outcome(other, cut))
                        .as("cut at %d", cut)
                        .isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void isDecodedAlikeWithCommentsInBetween(String name) {
        String commented = ": first\n\n"
                + MessageTranscript.resource(name + ".sse").replace("\n\n", "\n: glued\n\n: keep-alive\n\n:\n");

        assertThat(MessageTranscript.outcome(commented.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(expected(name));
    }

    private static int[] everyByte(byte[] stream) {
        return IntStream.range(1, Math.max(1, stream.length)).toArray();
    }
}
