package io.patchbay.dialects.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.dialects.ChatDecoder;
import io.patchbay.dialects.Verdict;
import io.patchbay.spi.Profile;
import io.patchbay.spi.chat.ChatEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class GoldenTranscriptTest {
    static Stream<String> names() {
        return Transcript.NAMES.stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void isDecodedAsRecorded(String name) {
        assertThat(Transcript.decode(Transcript.stream(name))).isEqualTo(Transcript.expected(name));
    }

    @ParameterizedTest
    @MethodSource("names")
    void isDecodedAlikeWhereverItIsCut(String name) {
        byte[] stream = Transcript.stream(name);
        String expected = Transcript.expected(name);
        for (int cut = 0; cut <= stream.length; cut++) {
            assertThat(Transcript.decode(stream, cut)).as("cut at %d", cut).isEqualTo(expected);
        }
        assertThat(Transcript.decode(stream, everyByte(stream))).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("names")
    void isTappedAlikeWhereverItIsCut(String name) {
        byte[] stream = Transcript.stream(name);
        Transcript.Tapped whole = Transcript.tap(Transcript.PLAN, stream);
        String facts = Transcript.facts(whole.facts());
        for (int cut = 0; cut <= stream.length; cut++) {
            Transcript.Tapped tapped = Transcript.tap(Transcript.PLAN, stream, cut);
            assertThat(tapped.output()).as("cut at %d", cut).isEqualTo(whole.output());
            assertThat(Transcript.facts(tapped.facts())).as("cut at %d", cut).isEqualTo(facts);
            assertThat(tapped.verdicts()).as("cut at %d", cut).isEqualTo(whole.verdicts());
        }
        Transcript.Tapped bytewise = Transcript.tap(Transcript.PLAN, stream, everyByte(stream));
        assertThat(bytewise.output()).isEqualTo(whole.output());
        assertThat(Transcript.facts(bytewise.facts())).isEqualTo(facts);
    }

    @ParameterizedTest
    @MethodSource("names")
    void isReadAlikeWithOtherLineEnds(String name) {
        String stream = new String(Transcript.stream(name), StandardCharsets.UTF_8);
        String expected = Transcript.expected(name);
        for (String end : List.of("\r\n", "\r")) {
            byte[] other = stream.replace("\n", end).getBytes(StandardCharsets.UTF_8);
            assertThat(Transcript.decode(other)).isEqualTo(expected);
            assertThat(Transcript.decode(other, everyByte(other))).isEqualTo(expected);
            for (int cut = 0; cut <= other.length; cut++) {
                assertThat(Transcript.decode(other, cut)).as("cut at %d", cut).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void isReadAlikeWithCommentsInBetween(String name) {
        String stream = new String(Transcript.stream(name), StandardCharsets.UTF_8);
        String commented = (stream.startsWith("\ufeff") ? stream : ": first\n\n" + stream)
                .replace("\n\n", "\n: glued\n\n: keep-alive\n\n:\n")
                .replace("\ndata:", "\n:HTTP_STATUS/200\ndata:");
        byte[] bytes = commented.getBytes(StandardCharsets.UTF_8);
        String expected = Transcript.expected(name);
        assertThat(Transcript.decode(bytes)).isEqualTo(expected);
        assertThat(Transcript.decode(bytes, everyByte(bytes))).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("names")
    void givesTapAndDecoderTheSameFacts(String name) {
        byte[] stream = Transcript.stream(name);
        ChatDecoder decoder = Transcript.CODEC.decoder(Profile.STANDARD);
        Transcript.decode(decoder, stream);

        assertThat(Transcript.facts(Transcript.tap(Transcript.PLAN, stream).facts()))
                .isEqualTo(Transcript.facts(decoder.facts()));
    }

    @ParameterizedTest
    @MethodSource("names")
    void meansTheSameAfterTheTap(String name) {
        byte[] stream = Transcript.stream(name);
        Transcript.Tapped tapped = Transcript.tap(Transcript.PLAN, stream);
        ChatDecoder direct = Transcript.CODEC.decoder(Profile.STANDARD);
        List<ChatEvent> before = Transcript.decode(direct, stream);
        List<ChatEvent> after = Transcript.decode(Transcript.CODEC.decoder(Profile.STANDARD), tapped.output());

        assertThat(withoutModel(after, tapped.facts().usage() != null))
                .isEqualTo(withoutModel(before, tapped.facts().usage() != null));
    }

    /** The model is ours afterwards, and a usage is told even where the upstream told none. */
    private static String withoutModel(List<ChatEvent> events, boolean usage) {
        return Transcript.events(events.stream()
                .filter(event -> usage || !(event instanceof ChatEvent.Used))
                .map(event ->
                        event instanceof ChatEvent.Started started ? new ChatEvent.Started(started.id(), null) : event)
                .toList());
    }

    @ParameterizedTest
    @MethodSource("names")
    void leavesTheTapInFramesThatOfficialClientsRead(String name) {
        Transcript.Tapped tapped = Transcript.tap(Transcript.PLAN, Transcript.stream(name));

        FrameCheck.check(tapped.output(), Transcript.PLAN, tapped.facts().fault() == null);
    }

    @ParameterizedTest
    @MethodSource("names")
    void meansTheSameAfterTheEncoder(String name) {
        byte[] stream = Transcript.stream(name);
        ChatDecoder direct = Transcript.CODEC.decoder(Profile.STANDARD);
        List<ChatEvent> before = Transcript.decode(direct, stream);
        byte[] encoded = Encoding.stream(before, direct.facts(), Transcript.PLAN);
        ChatDecoder again = Transcript.CODEC.decoder(Profile.STANDARD);
        List<ChatEvent> after = Transcript.decode(again, encoded);

        assertThat(withoutStart(after)).isEqualTo(withoutStart(before));
        FrameCheck.check(encoded, Transcript.PLAN, direct.facts().fault() == null);
    }

    private static String withoutStart(List<ChatEvent> events) {
        return Transcript.events(events.stream()
                .filter(event -> !(event instanceof ChatEvent.Started) && !(event instanceof ChatEvent.Used))
                .toList());
    }

    @ParameterizedTest
    @MethodSource("names")
    void isHeldBackUntilThereIsContent(String name) {
        Transcript.Tapped tapped = Transcript.tap(Transcript.PLAN, Transcript.stream(name));
        int firstForward = tapped.verdicts().indexOf(Verdict.FORWARD);
        int lastHold = tapped.verdicts().lastIndexOf(Verdict.HOLD);
        int last = tapped.verdicts().indexOf(Verdict.LAST);

        if (firstForward >= 0) {
            assertThat(lastHold).isLessThan(firstForward);
        }
        if (tapped.facts().content()) {
            assertThat(firstForward).isNotNegative();
        }
        if (last >= 0) {
            assertThat(tapped.verdicts().subList(last + 1, tapped.verdicts().size()))
                    .allMatch(Verdict.DROP::equals);
        }
    }

    private static int[] everyByte(byte[] stream) {
        return IntStream.range(1, Math.max(1, stream.length)).toArray();
    }
}
