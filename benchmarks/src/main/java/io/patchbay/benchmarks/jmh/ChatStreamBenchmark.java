package io.patchbay.benchmarks.jmh;

import io.patchbay.benchmarks.jmh.Streams.Event;
import io.patchbay.billing.tokens.TokenCounter;
import io.patchbay.dialects.AnswerText;
import io.patchbay.dialects.ChatDecoder;
import io.patchbay.dialects.ChatEncoder;
import io.patchbay.dialects.ClientPlan;
import io.patchbay.dialects.Tap;
import io.patchbay.dialects.TokenCount;
import io.patchbay.dialects.anthropic.AnthropicCodec;
import io.patchbay.dialects.frame.FrameOut;
import io.patchbay.dialects.openai.OpenAiChatCodec;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Profile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * From cut events to the bytes for a client of OpenAI's format, for a whole stream with its beginning and end, divided by
 * its events with words. The bytes are taken after each event, as when each comes in a read of its own.
 */
public class ChatStreamBenchmark extends Timed {
    private static final ClientPlan PLAN =
            new ClientPlan("my-model", true, "chatcmpl-01KB1Z3V9W7Q5R3T1Y9X7C5V3B", 1_795_651_200L);
    private static final OpenAiChatCodec OPEN_AI = new OpenAiChatCodec();
    private static final AnthropicCodec ANTHROPIC = new AnthropicCodec();
    private static final TokenCounter COUNTER = new TokenCounter();
    private static final TokenCount TOKENS = text -> COUNTER.text("gpt-5.4-mini", text);

    private List<Event> openAi;
    private List<Event> anthropic;

    /** Gets the streams and looks once at what becomes of them. */
    @Setup
    public void prepare() throws IOException {
        openAi = Streams.events("stream");
        anthropic = Streams.events("claude");
        check(this::tap);
        check(this::convert);
    }

    /** An OpenAI stream, forwarded under another model's name. */
    @Benchmark
    @OperationsPerInvocation(Streams.CHUNKS)
    public void openAiTap(Blackhole client) {
        tap(client::consume);
    }

    /** An Anthropic stream, decoded and encoded. */
    @Benchmark
    @OperationsPerInvocation(Streams.CHUNKS)
    public void anthropicToOpenAi(Blackhole client) {
        convert(client::consume);
    }

    private void tap(Consumer<ByteBuffer> client) {
        Tap tap = OPEN_AI.tap(PLAN, Profile.STANDARD);
        tap.keep(new AnswerText(TOKENS));
        FrameOut out = new FrameOut();
        for (Event event : openAi) {
            Bytes payload = event.payload();
            tap.on(event.name(), payload);
            tap.write(payload, out);
            client.accept(out.take());
        }
        tap.end();
        tap.tail(Objects.requireNonNull(tap.facts().usage()), out);
        client.accept(out.take());
    }

    private void convert(Consumer<ByteBuffer> client) {
        ChatDecoder decoder = ANTHROPIC.decoder(Profile.STANDARD);
        ChatEncoder encoder = OPEN_AI.encoder(PLAN);
        FrameOut out = new FrameOut();
        for (Event event : anthropic) {
            decoder.on(event.name(), event.payload(), part -> encoder.on(part, out));
            client.accept(out.take());
        }
        decoder.end(part -> encoder.on(part, out));
        encoder.tail(Objects.requireNonNull(decoder.facts().usage()), out);
        client.accept(out.take());
    }

    private static void check(Consumer<Consumer<ByteBuffer>> way) {
        StringBuilder text = new StringBuilder();
        way.accept(bytes -> text.append(StandardCharsets.UTF_8.decode(bytes)));
        String answer = text.toString();
        // The first one has the role and an empty text.
        int contents = answer.split("\"content\":\"", -1).length - 1;
        boolean renamed = answer.contains("\"my-model\"") && !answer.contains("gpt-5.4") && !answer.contains("claude");
        if (contents != Streams.CHUNKS + 1 || !renamed || !answer.endsWith("data: [DONE]\n\n")) {
            throw new IllegalStateException("not the stream that was expected: " + answer);
        }
    }
}
