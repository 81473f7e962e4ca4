package io.patchbay.dialects.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.dialects.ChatDecoder;
import io.patchbay.dialects.ClientPlan;
import io.patchbay.dialects.WholeTap;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Profile;
import io.patchbay.spi.chat.ChatEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whether a call is tapped or decoded must make no difference, whatever the vendor sends. */
final class TapDecoderPropertyTest {
    private static final ClientPlan PLAN = new ClientPlan("pub", true, "chatcmpl-ours", 7);

    @Property(tries = 20_000)
    void tapAndDecoderLearnTheSame(@ForAll long seed) {
        String stream = new AnyStream(seed).stream();
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        ChatDecoder decoder = Transcript.CODEC.decoder(Profile.STANDARD);
        List<ChatEvent> events = Transcript.decode(decoder, bytes);
        Transcript.Tapped tapped = Transcript.tap(PLAN, bytes);

        assertThat(Transcript.facts(tapped.facts())).as(stream).isEqualTo(Transcript.facts(decoder.facts()));
        FrameCheck.check(tapped.output(), PLAN, tapped.facts().fault() == null);
        List<ChatEvent> after = Transcript.decode(Transcript.CODEC.decoder(Profile.STANDARD), tapped.output());
        assertThat(said(after)).as(stream).isEqualTo(said(events));
    }

    private static String said(List<ChatEvent> events) {
        return Transcript.events(events.stream()
                .filter(event -> !(event instanceof ChatEvent.Started || event instanceof ChatEvent.Used))
                .toList());
    }

    @Property(tries = 10_000)
    void wholeTapAndDecoderLearnTheSame(@ForAll long seed) {
        String answer = new AnyStream(seed).answer();
        WholeTap tap = Transcript.CODEC.wholeTap(PLAN, Profile.STANDARD);
        byte[] adjusted = tap.adjust(Bytes.of(answer));
        ChatDecoder decoder = Transcript.CODEC.wholeDecoder(Profile.STANDARD);
        List<ChatEvent> events = decode(decoder, answer);

        assertThat(Transcript.facts(tap.facts())).as(answer).isEqualTo(Transcript.facts(decoder.facts()));
        if (tap.facts().fault() == null) {
            String again = new String(adjusted, StandardCharsets.UTF_8);
            assertThat(said(decode(Transcript.CODEC.wholeDecoder(Profile.STANDARD), again)))
                    .as(answer)
                    .isEqualTo(said(events));
        }
    }

    private static List<ChatEvent> decode(ChatDecoder decoder, String body) {
        List<ChatEvent> events = new ArrayList<>();
        decoder.on("", Bytes.of(body), events::add);
        decoder.end(events::add);
        return events;
    }
}
