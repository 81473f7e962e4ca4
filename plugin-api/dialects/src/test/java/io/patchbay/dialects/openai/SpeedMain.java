package io.patchbay.dialects.openai;

import com.sun.management.ThreadMXBean;
import io.patchbay.dialects.ChatDecoder;
import io.patchbay.dialects.ChatEncoder;
import io.patchbay.dialects.ClientPlan;
import io.patchbay.dialects.Tap;
import io.patchbay.dialects.frame.FrameOut;
import io.patchbay.dialects.frame.SseScanner;
import io.patchbay.dialects.wire.WireBody;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.Profile;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonValue;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;

/** Prints what a chunk costs; started by hand, asserts nothing. */
final class SpeedMain {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final String CHUNK =
            "{\"id\":\"chatcmpl-B2x8fK1LmN3pQ5rS7tU9vW\",\"object\":\"chat.completion.chunk\",\"created\":1770000000,"
                    + "\"model\":\"gpt-5.4-mini\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\" world of\"},\"logprobs\":null,\"finish_reason\":null}],\"usage\":null}";
    private static final ClientPlan PLAN = new ClientPlan("my-model", true, "chatcmpl-1", 1);

    private SpeedMain() {}

    public static void main(String[] args) {
        Bytes payload = Bytes.of(CHUNK);
        byte[] frame = ("data: " + CHUNK + "\n\n").getBytes(StandardCharsets.UTF_8);
        Bytes read = Bytes.of(frame);
        System.out.println("chunk of " + payload.length() + " bytes");

        SseScanner scanner = new SseScanner();
        measure("scan", 2_000_000, i -> scanner.feed(read, (event, data) -> {}));

        Tap tap = Transcript.CODEC.tap(PLAN, Profile.STANDARD);
        measure("tap.on", 2_000_000, i -> tap.on("", payload));

        FrameOut out = new FrameOut();
        measure("tap.on + write, rename, taken every 16", 2_000_000, i -> {
            tap.on("", payload);
            tap.write(payload, out);
            if ((i & 15) == 0) {
                out.take();
            }
        });

        SseScanner both = new SseScanner();
        measure("scan + tap + write", 2_000_000, i -> {
            both.feed(read, (event, data) -> {
                tap.on(event, data);
                tap.write(data, out);
            });
            if ((i & 15) == 0) {
                out.take();
            }
        });

        ChatDecoder decoder = Transcript.CODEC.decoder(Profile.STANDARD);
        measure("decode", 1_000_000, i -> decoder.on("", payload, event -> {}));

        ChatEncoder encoder = Transcript.CODEC.encoder(PLAN);
        measure("decode + encode", 1_000_000, i -> {
            decoder.on("", payload, event -> encoder.on(event, out));
            if ((i & 15) == 0) {
                out.take();
            }
        });

        byte[] body = body();
        measure("index of a body of " + body.length, 2_000, i -> WireBody.read(Dialect.OPENAI_CHAT, body));
        WireBody wire = WireBody.read(Dialect.OPENAI_CHAT, body);
        measure("splice of it", 2_000, i -> wire.edited(Map.of("model", JsonValue.of("x")), Map.of(), Set.of()));
        measure("tree and print of it", 200, i -> Json.parse(body).toBytes());
    }

    private static byte[] body() {
        StringBuilder text = new StringBuilder("{\"model\":\"gpt\",\"stream\":true,\"messages\":[");
        for (int i = 0; text.length() < 1_000_000; i++) {
            text.append(i == 0 ? "" : ",")
                    .append(
                            "{\"role\":\"user\",\"content\":\"The lighthouse had been dark for eleven years when \\\"he\\\" came.\\nSee ")
                    .append(i)
                    .append("\"}");
        }
        return text.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void measure(String what, int times, IntConsumer work) {
        long best = Long.MAX_VALUE;
        long bytes = 0;
        for (int round = 0; round < 5; round++) {
            long allocated = THREADS.getCurrentThreadAllocatedBytes();
            long start = System.nanoTime();
            for (int i = 0; i < times; i++) {
                work.accept(i);
            }
            best = Math.min(best, System.nanoTime() - start);
            bytes = THREADS.getCurrentThreadAllocatedBytes() - allocated;
        }
        System.out.printf("%-45s %,10d ns %,10d bytes%n", what, best / times, bytes / times);
    }
}
