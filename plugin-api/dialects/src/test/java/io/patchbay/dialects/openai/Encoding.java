package io.patchbay.dialects.openai;

import io.patchbay.dialects.ChatEncoder;
import io.patchbay.dialects.ClientPlan;
import io.patchbay.dialects.TapFacts;
import io.patchbay.dialects.frame.FrameOut;
import io.patchbay.spi.Usage;
import io.patchbay.spi.chat.ChatEvent;
import java.util.List;

/** Encodes events as the host would. */
final class Encoding {
    private Encoding() {}

    static byte[] stream(List<ChatEvent> events, TapFacts facts, ClientPlan plan) {
        ChatEncoder encoder = Transcript.CODEC.encoder(plan);
        FrameOut out = new FrameOut();
        events.forEach(event -> encoder.on(event, out));
        if (facts.fault() == null) {
            Usage usage = facts.usage();
            encoder.tail(usage == null ? Usage.of(1, 1) : usage, out);
        }
        return Transcript.bytes(out);
    }
}
