package io.patchbay.testkit.host;

import io.patchbay.dialects.ChatCodec;
import io.patchbay.dialects.ChatDecoder;
import io.patchbay.dialects.ClientPlan;
import io.patchbay.dialects.Tap;
import io.patchbay.dialects.TapFacts;
import io.patchbay.dialects.Verdict;
import io.patchbay.dialects.WholeTap;
import io.patchbay.dialects.frame.FrameOut;
import io.patchbay.dialects.frame.SseScanner;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Fault;
import io.patchbay.spi.Profile;
import io.patchbay.spi.Usage;
import io.patchbay.spi.chat.ChatEvent;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Taps an answer beside its decoding, to prove that a client sees the same either way. */
final class TapProof {
    private final ChatCodec codec;
    private final ClientPlan plan;
    private final boolean whole;
    private final @Nullable Tap tap;
    private final @Nullable WholeTap wholeTap;
    private final TapFacts facts;
    private final FrameOut out = new FrameOut();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private boolean read;

    TapProof(ChatCodec codec, ClientPlan plan, Profile profile, boolean whole) {
        this.codec = codec;
        this.plan = plan;
        this.whole = whole;
        this.tap = whole ? null : codec.tap(plan, profile);
        this.wholeTap = whole ? codec.wholeTap(plan, profile) : null;
        this.facts =
                tap != null ? tap.facts() : Objects.requireNonNull(wholeTap).facts();
    }

    void on(String event, Bytes data) {
        read = true;
        Poison lent = Poison.lend(data);
        if (tap != null) {
            Verdict verdict = tap.on(event, lent.view());
            if (verdict == Verdict.HOLD || verdict == Verdict.FORWARD) {
                tap.write(lent.view(), out);
            }
        } else if (wholeTap != null) {
            written.writeBytes(wholeTap.adjust(lent.view()));
        }
        lent.spoil();
    }

    void end() {
        if (tap != null) {
            tap.end();
        } else if (!read) {
            // An empty body is no frame, but it is an answer.
            on("", Bytes.EMPTY);
        }
    }

    byte[] written() {
        return written.toByteArray();
    }

    /** Returns what differs between the facts, and between what a client would see. To be called once. */
    List<String> differences(TapFacts decoded, List<ChatEvent> events, Usage settled) {
        List<String> differences = new ArrayList<>();
        compare(differences, "id", decoded.upstreamId(), facts.upstreamId());
        compare(differences, "model", decoded.upstreamModel(), facts.upstreamModel());
        compare(differences, "usage", counts(decoded.usage()), counts(facts.usage()));
        compare(differences, "finish", decoded.finishes(), facts.finishes());
        compare(differences, "fault", words(decoded.fault()), words(facts.fault()));
        compare(differences, "content", decoded.content(), facts.content());
        compare(differences, "tool calls", decoded.toolCalls(), facts.toolCalls());
        if (decoded.fault() == null && facts.fault() == null) {
            if (tap != null) {
                tap.tail(settled, out);
                ByteBuffer bytes = out.take();
                written.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
            }
            compareSeen(differences, decoded, events);
        }
        return differences;
    }

    private void compareSeen(List<String> differences, TapFacts decoded, List<ChatEvent> events) {
        List<ChatEvent> seen = new ArrayList<>();
        ChatDecoder client = whole ? codec.wholeDecoder(Profile.STANDARD) : codec.decoder(Profile.STANDARD);
        if (whole) {
            client.on("", Bytes.of(written()), seen::add);
        } else {
            SseScanner scanner = new SseScanner();
            scanner.feed(Bytes.of(written()), (event, data) -> client.on(event, data, seen::add));
            scanner.end((event, data) -> client.on(event, data, seen::add));
        }
        client.end(seen::add);
        compare(differences, "fault of the client", "none", words(client.facts().fault()));
        compare(
                differences,
                "answer",
                ChatSummary.of(events).withoutVendorWords(),
                ChatSummary.of(seen).withoutVendorWords());
        if (decoded.upstreamModel() != null) {
            compare(
                    differences,
                    "public model",
                    plan.publicModel(),
                    client.facts().upstreamModel());
        }
    }

    private static void compare(
            List<String> differences, String what, @Nullable Object decoded, @Nullable Object tapped) {
        if (!Objects.equals(decoded, tapped)) {
            differences.add("decoding and tapping disagree about the " + what + ": " + decoded + " and " + tapped);
        }
    }

    private static List<Long> counts(@Nullable Usage usage) {
        return usage == null
                ? List.of()
                : List.of(usage.input(), usage.output(), usage.cachedInput(), usage.cacheWrite(), usage.reasoning());
    }

    private static String words(@Nullable Fault fault) {
        return fault == null ? "none" : fault + " " + fault.message();
    }
}
