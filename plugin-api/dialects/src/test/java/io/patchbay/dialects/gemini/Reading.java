package io.patchbay.dialects.gemini;

import io.patchbay.dialects.ChatDecoder;
import io.patchbay.dialects.TapFacts;
import io.patchbay.dialects.frame.Framers;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Framer;
import io.patchbay.spi.Framing;
import io.patchbay.spi.Profile;
import io.patchbay.spi.chat.ChatEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An answer that was read: single quotes stand for double ones. */
record Reading(List<ChatEvent> events, TapFacts facts) {
    /** Reads events of a stream. */
    static Reading streamed(String... payloads) {
        return read(new GeminiCodec().decoder(Profile.STANDARD), payloads);
    }

    /** Reads a whole answer. */
    static Reading whole(String body) {
        return read(new GeminiCodec().wholeDecoder(Profile.STANDARD), body);
    }

    static Reading read(ChatDecoder decoder, String... payloads) {
        List<ChatEvent> events = new ArrayList<>();
        for (String payload : payloads) {
            decoder.on("", Bytes.of(payload.replace('\'', '"')), events::add);
        }
        decoder.end(events::add);
        return new Reading(events, decoder.facts());
    }

    /** Reads the body of a stream that arrives in pieces of that size. */
    static Reading body(String body, int size) {
        ChatDecoder decoder = new GeminiCodec().decoder(Profile.STANDARD);
        List<ChatEvent> events = new ArrayList<>();
        Framer framer = Framers.of(Framing.SSE);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; at += size) {
            framer.feed(
                    Bytes.of(bytes, at, Math.min(size, bytes.length - at)),
                    (event, data) -> decoder.on(event, data, events::add));
        }
        framer.end((event, data) -> decoder.on(event, data, events::add));
        decoder.end(events::add);
        return new Reading(events, decoder.facts());
    }

    /** Returns the visible text of the first choice. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (ChatEvent event : events) {
            if (event instanceof ChatEvent.Text piece && piece.choice() == 0) {
                text.append(piece.text());
            }
        }
        return text.toString();
    }

    <T extends ChatEvent> List<T> all(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
