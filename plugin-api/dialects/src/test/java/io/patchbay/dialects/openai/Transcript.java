package io.patchbay.dialects.openai;

import io.patchbay.dialects.ChatCodec;
import io.patchbay.dialects.ChatCodecs;
import io.patchbay.dialects.ChatDecoder;
import io.patchbay.dialects.ClientPlan;
import io.patchbay.dialects.Tap;
import io.patchbay.dialects.TapFacts;
import io.patchbay.dialects.Verdict;
import io.patchbay.dialects.frame.FrameOut;
import io.patchbay.dialects.frame.SseScanner;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FrameSink;
import io.patchbay.spi.Profile;
import io.patchbay.spi.Usage;
import io.patchbay.spi.chat.ChatEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs recorded streams through scanner, tap and decoder and tells the outcome as text. */
final class Transcript {
    static final ChatCodec CODEC = ChatCodecs.client(Dialect.OPENAI_CHAT).orElseThrow();
    static final ClientPlan PLAN = new ClientPlan("public \"model\"", true, "chatcmpl-ours", 1_790_000_000L);

    static final List<String> NAMES = names();

    private Transcript() {}

    private static List<String> names() {
        return new String(resource("index.txt"), StandardCharsets.UTF_8).lines().toList();
    }

    static byte[] resource(String file) {
        try (InputStream in = Transcript.class.getResourceAsStream("/openai-chat/" + file)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + file);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] stream(String name) {
        return resource(name + ".sse");
    }

    static String expected(String name) {
        return new String(resource(name + ".expected"), StandardCharsets.UTF_8);
    }

    /** Cuts the bytes at these places into reads; each read is overwritten after it was fed. */
    static void feed(byte[] stream, int[] cuts, FrameSink sink) {
        SseScanner scanner = new SseScanner();
        int from = 0;
        for (int i = 0; i <= cuts.length; i++) {
            int to = i < cuts.length ? cuts[i] : stream.length;
            // The view lies in the middle of a larger array, as reads of a pooled buffer do.
            byte[] array = new byte[to - from + 7];
            System.arraycopy(stream, from, array, 3, to - from);
            scanner.feed(Bytes.of(array, 3, to - from), sink);
            Arrays.fill(array, (byte) 'X');
            from = to;
        }
        scanner.end(sink);
    }

    static FrameSink poisoned(FrameSink sink) {
        return (event, data) -> {
            byte[] array = new byte[data.length() + 5];
            System.arraycopy(data.array(), data.offset(), array, 2, data.length());
            sink.frame(event, Bytes.of(array, 2, data.length()));
            Arrays.fill(array, (byte) 'X');
        };
    }

    static String decode(byte[] stream, int... cuts) {
        ChatDecoder decoder = CODEC.decoder(Profile.STANDARD);
        List<ChatEvent> events = decode(decoder, stream, cuts);
        return events(events) + facts(decoder.facts());
    }

    static List<ChatEvent> decode(ChatDecoder decoder, byte[] stream, int... cuts) {
        List<ChatEvent> events = new ArrayList<>();
        feed(stream, cuts, poisoned((event, data) -> decoder.on(event, data, events::add)));
        decoder.end(events::add);
        return events;
    }

    /** What a tap made of a stream. */
    record Tapped(TapFacts facts, byte[] output, List<Verdict> verdicts) {}

    static Tapped tap(ClientPlan plan, byte[] stream, int... cuts) {
        Tap tap = CODEC.tap(plan, Profile.STANDARD);
        FrameOut out = new FrameOut();
        List<Verdict> verdicts = new ArrayList<>();
        feed(stream, cuts, poisoned((event, data) -> {
            Verdict verdict = tap.on(event, data);
            verdicts.add(verdict);
            // Another array at another place: hosts may copy what they hold back.
            byte[] copy = new byte[data.length() + 11];
            System.arraycopy(data.array(), data.offset(), copy, 9, data.length());
            tap.write(Bytes.of(copy, 9, data.length()), out);
            Arrays.fill(copy, (byte) 'X');
        }));
        tap.end();
        if (tap.facts().fault() == null) {
            tap.tail(Usage.of(5, 6), out);
        }
        return new Tapped(tap.facts(), bytes(out), verdicts);
    }

    static byte[] bytes(FrameOut out) {
        ByteBuffer buffer = out.take();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    static String events(List<ChatEvent> events) {
        StringBuilder text = new StringBuilder();
        for (ChatEvent event : events) {
            text.append(event(event)).append('\n');
        }
        return text.toString().replaceAll("call_[A-Za-z0-9]{24}", "call_GENERATED");
    }

    private static String event(ChatEvent event) {
        return switch (event) {
            case ChatEvent.Used used -> "used " + usage(used.usage());
            case ChatEvent.Text text -> "text " + text.choice() + " " + quoted(text.text());
            case ChatEvent.Reasoning text -> "reasoning " + text.choice() + " " + quoted(text.text());
            case ChatEvent.Refusal text -> "refusal " + text.choice() + " " + quoted(text.text());
            case ChatEvent.Started started -> "started " + started.id() + " " + started.model();
            case ChatEvent.ToolCallPiece piece ->
                "tool " + piece.choice() + "/" + piece.index() + " " + piece.id() + " " + piece.name() + " "
                        + quoted(piece.arguments());
            case ChatEvent.Extra extra ->
                "extra " + extra.choice() + " " + extra.members().toJson();
            case ChatEvent.Finish finish -> "finish " + finish.choice() + " " + finish.reason();
        };
    }

    private static String quoted(String text) {
        return io.patchbay.spi.json.JsonValue.of(text).toJson();
    }

    static String usage(Usage usage) {
        return usage.input() + "/" + usage.output() + " cached " + usage.cachedInput() + " reasoning "
                + usage.reasoning();
    }

    static String facts(TapFacts facts) {
        Usage usage = facts.usage();
        Fault fault = facts.fault();
        return "id " + facts.upstreamId() + "\nmodel " + facts.upstreamModel() + "\nusage "
                + (usage == null ? "none" : usage(usage)) + "\nfinishes " + facts.finishes() + "\ncontent "
                + facts.content() + "\nended " + facts.ended() + "\ntools " + facts.toolCalls() + "\ntally "
                + facts.tally().characters() + " characters, " + facts.tally().estimateTokens() + " tokens\nfault "
                + (fault == null ? "none" : fault + " " + fault.message()) + "\n";
    }
}
