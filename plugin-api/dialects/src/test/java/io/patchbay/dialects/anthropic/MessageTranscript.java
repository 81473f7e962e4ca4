package io.patchbay.dialects.anthropic;

import io.patchbay.dialects.ChatCodecs;
import io.patchbay.dialects.ChatDecoder;
import io.patchbay.dialects.TapFacts;
import io.patchbay.dialects.UpstreamCodec;
import io.patchbay.dialects.frame.SseScanner;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.Fault;
import io.patchbay.spi.Profile;
import io.patchbay.spi.Usage;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs recorded streams through scanner and decoder and tells the outcome as text. */
final class MessageTranscript {
    static final UpstreamCodec CODEC =
            ChatCodecs.upstream(Dialect.ANTHROPIC_MESSAGES).orElseThrow();

    private MessageTranscript() {}

    static String resource(String file) {
        try (InputStream in = MessageTranscript.class.getResourceAsStream("/anthropic/" + file)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Decodes a stream that comes in reads cut at these places; every view is spoilt after use. */
    static List<ChatEvent> decode(ChatDecoder decoder, byte[] stream, int... cuts) {
        List<ChatEvent> events = new ArrayList<>();
        SseScanner scanner = new SseScanner();
        int from = 0;
        for (int i = 0; i <= cuts.length; i++) {
            int to = i < cuts.length ? cuts[i] : stream.length;
            byte[] read = Arrays.copyOfRange(stream, from, to);
            scanner.feed(Bytes.of(read), (event, data) -> spoilt(decoder, event, data, events));
            Arrays.fill(read, (byte) 'X');
            from = to;
        }
        scanner.end((event, data) -> spoilt(decoder, event, data, events));
        decoder.end(events::add);
        return events;
    }

    private static void spoilt(ChatDecoder decoder, String event, Bytes data, List<ChatEvent> events) {
        byte[] lent = new byte[data.length() + 5];
        System.arraycopy(data.array(), data.offset(), lent, 2, data.length());
        decoder.on(event, Bytes.of(lent, 2, data.length()), events::add);
        Arrays.fill(lent, (byte) 'X');
    }

    static List<ChatEvent> decodeWhole(ChatDecoder decoder, String body) {
        List<ChatEvent> events = new ArrayList<>();
        decoder.on("", Bytes.of(body), events::add);
        decoder.end(events::add);
        return events;
    }

    static String outcome(byte[] stream, int... cuts) {
        ChatDecoder decoder = CODEC.decoder(Profile.STANDARD);
        return told(decode(decoder, stream, cuts)) + facts(decoder.facts());
    }

    static String told(List<ChatEvent> events) {
        StringBuilder text = new StringBuilder();
        events.forEach(event -> text.append(told(event)).append('\n'));
        return text.toString();
    }

    private static String told(ChatEvent event) {
        return switch (event) {
            case ChatEvent.Started started -> "started " + started.id() + " " + started.model();
            case ChatEvent.Text text -> "text " + quoted(text.text());
            case ChatEvent.Reasoning reasoning -> "reasoning " + quoted(reasoning.text());
            case ChatEvent.Refusal refusal -> "refusal " + quoted(refusal.text());
            case ChatEvent.ToolCallPiece piece ->
                "tool " + piece.index() + " " + piece.id() + " " + piece.name() + " " + quoted(piece.arguments());
            case ChatEvent.Extra extra -> "extra " + extra.members().toJson();
            case ChatEvent.Finish finish -> "finish " + finish.reason();
            case ChatEvent.Used used -> "used " + counts(used.usage());
        };
    }

    private static String quoted(String text) {
        return new JsonString(text).toJson();
    }

    private static String counts(Usage usage) {
        return usage.input() + "/" + usage.output() + " cached " + usage.cachedInput() + " written "
                + usage.cacheWrite() + " reasoning " + usage.reasoning();
    }

    static String facts(TapFacts facts) {
        Usage usage = facts.usage();
        Fault fault = facts.fault();
        return "id " + facts.upstreamId() + "\nmodel " + facts.upstreamModel() + "\nusage "
                + (usage == null ? "none" : counts(usage)) + "\nfinishes " + facts.finishes() + "\ncontent "
                + facts.content() + "\nended " + facts.ended() + "\ntools " + facts.toolCalls() + "\ntally "
                + facts.tally().characters() + " characters\nfault "
                + (fault == null ? "none" : fault + " " + fault.message()) + "\n";
    }
}
