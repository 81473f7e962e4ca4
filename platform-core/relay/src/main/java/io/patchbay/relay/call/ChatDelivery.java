package io.patchbay.relay.call;

import io.patchbay.dialects.AnswerText;
import io.patchbay.dialects.ChatCodec;
import io.patchbay.dialects.ChatDecoder;
import io.patchbay.dialects.ChatEncoder;
import io.patchbay.dialects.ClientPlan;
import io.patchbay.dialects.Tap;
import io.patchbay.dialects.TapFacts;
import io.patchbay.dialects.TokenCount;
import io.patchbay.dialects.UpstreamCodec;
import io.patchbay.dialects.Verdict;
import io.patchbay.dialects.WholeAnswer;
import io.patchbay.dialects.WholeTap;
import io.patchbay.dialects.WireError;
import io.patchbay.dialects.frame.FrameOut;
import io.patchbay.relay.cache.AnswerRecorder;
import io.patchbay.relay.exchange.FlowHost;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Fault;
import io.patchbay.spi.Next;
import io.patchbay.spi.Profile;
import io.patchbay.spi.Usage;
import io.patchbay.spi.chat.ChatEvent;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One attempt's answer on its way to the client: forwards it frame by frame when upstream and client speak the same
 * dialect, else decodes and encodes it. Holds back what is no content yet, so that an attempt that fails early leaves
 * no trace, and the end, so that nothing ends before it is settled. Confined to the call's serial.
 */
final class ChatDelivery {
    private final ChatCodec client;
    private final ClientPlan plan;
    private final boolean stream;
    private final TokenCount tokens;
    private final @Nullable AnswerRecorder recorder;
    private final FrameOut held = new FrameOut();
    private final FrameOut out = new FrameOut();
    private final EventFacts events = new EventFacts();
    private AnswerText text;
    private @Nullable Tap tap;
    private @Nullable WholeTap wholeTap;
    private byte @Nullable [] wholeBody;
    private @Nullable ChatEncoder encoder;
    private @Nullable WholeAnswer whole;
    private boolean content;

    /** Creates a delivery that nobody else hears. */
    ChatDelivery(ChatCodec client, ClientPlan plan, boolean stream, TokenCount tokens) {
        this(client, plan, stream, tokens, null);
    }

    /**
     * Creates a delivery.
     *
     * @param tokens counts the answer when its usage is never told
     * @param recorder hears all of the answer; {@code null} for nobody, so that what is forwarded need not be read
     */
    ChatDelivery(
            ChatCodec client, ClientPlan plan, boolean stream, TokenCount tokens, @Nullable AnswerRecorder recorder) {
        this.client = client;
        this.plan = plan;
        this.stream = stream;
        this.tokens = tokens;
        this.recorder = recorder;
        this.text = new AnswerText(tokens);
    }

    /** Returns a reader for an answer in that dialect, or {@code null} when it is no chat dialect the host knows. */
    FlowHost.@Nullable Speaking speak(Next.Speak action, boolean framed, Optional<UpstreamCodec> upstream) {
        if (upstream.isEmpty()) {
            return null;
        }
        if (!content) {
            startOver();
        } else {
            if (recorder != null) {
                recorder.giveUp();
            }
            if (text.forgotten()) {
                text = new AnswerText(tokens);
            }
        }
        Profile profile = action.voice().profile();
        boolean same = action.dialect().equals(client.dialect());
        if (same && framed == stream && !profile.rewritesAnswers()) {
            if (recorder != null) {
                recorder.overhear(
                        framed
                                ? upstream.get().decoder(profile)
                                : upstream.get().wholeDecoder(profile));
            }
            return stream ? new Tapped(client.tap(plan, profile)) : new TappedWhole(client.wholeTap(plan, profile));
        }
        return new Decoded(
                framed ? upstream.get().decoder(profile) : upstream.get().wholeDecoder(profile));
    }

    /** A plugin may ask again before any content came; what the first answer left behind does not count. */
    private void startOver() {
        if (!held.isEmpty()) {
            held.take();
        }
        tap = null;
        wholeTap = null;
        wholeBody = null;
        encoder = null;
        whole = null;
        text = new AnswerText(tokens);
        if (recorder != null) {
            recorder.startOver();
        }
    }

    /** Takes an event of a flow or a decoder. */
    void event(ChatEvent event) {
        events.see(event, text);
        if (recorder != null) {
            recorder.on(event);
        }
        if (!stream) {
            if (whole == null) {
                whole = client.whole(plan);
            }
            whole.on(event);
            content |= events.content();
            return;
        }
        if (encoder == null) {
            encoder = client.encoder(plan);
        }
        encoder.on(event, content ? out : held);
        if (!content && events.content()) {
            commitContent();
        }
    }

    private void commitContent() {
        content = true;
        if (!held.isEmpty()) {
            ByteBuffer waiting = held.take();
            out.raw(Bytes.of(waiting.array(), waiting.arrayOffset() + waiting.position(), waiting.remaining()));
        }
    }

    /** Returns who hears the answer, {@code null} for nobody. */
    @Nullable
    AnswerRecorder recorder() {
        return recorder;
    }

    /** Returns whether anything of content has come. */
    boolean content() {
        return content;
    }

    /** Returns whether bytes wait to be written. */
    boolean hasOutput() {
        return !out.isEmpty();
    }

    /** Hands over the bytes to write. */
    ByteBuffer takeOutput() {
        return out.take();
    }

    /** Returns whether the answer is complete; an end marker after nothing at all is not an answer. */
    boolean complete() {
        TapFacts facts = tapFacts();
        if (facts == null) {
            return events.finished();
        }
        return !facts.finishes().isEmpty() || (facts.content() && facts.ended());
    }

    /** Returns the usage the upstream reported. */
    @Nullable
    Usage usage() {
        TapFacts facts = tapFacts();
        return facts != null ? facts.usage() : events.usage();
    }

    /** Returns the output tokens so far, by a cheap estimate. */
    long runningOutput() {
        TapFacts facts = tapFacts();
        return facts != null ? facts.tally().estimateTokens() : events.runningOutput();
    }

    /**
     * Returns the output tokens so far by our own count, for when usage never comes; some milliseconds of work. What was
     * not kept because a usage had come is estimated.
     */
    long estimatedOutput() {
        return text.forgotten() ? runningOutput() : text.tokens();
    }

    private @Nullable TapFacts tapFacts() {
        if (tap != null) {
            return tap.facts();
        }
        return wholeTap != null ? wholeTap.facts() : null;
    }

    /** Returns the last bytes of a complete answer; for a whole answer these are all of it. */
    ByteBuffer end(Usage usage) {
        if (!stream) {
            if (wholeBody != null) {
                return ByteBuffer.wrap(wholeBody);
            }
            return ByteBuffer.wrap((whole == null ? client.whole(plan) : whole).body(usage));
        }
        if (!content) {
            commitContent();
        }
        if (tap != null) {
            tap.tail(usage, out);
        } else {
            (encoder == null ? client.encoder(plan) : encoder).tail(usage, out);
        }
        return out.take();
    }

    /** Returns the bytes that tell a client in the middle of a stream that it failed. */
    ByteBuffer failure(WireError error) {
        client.errorFrame(error, out);
        return out.take();
    }

    /** Returns a comment that keeps a silent stream alive. */
    static ByteBuffer heartbeat() {
        FrameOut beat = new FrameOut();
        beat.comment("keep-alive");
        return beat.take();
    }

    /** Forwards frames. */
    private final class Tapped implements FlowHost.Speaking {
        private final Tap own;

        Tapped(Tap own) {
            this.own = own;
            own.keep(text);
            tap = own;
        }

        @Override
        public void frame(String event, Bytes payload) {
            Verdict verdict = own.on(event, payload);
            switch (verdict) {
                case HOLD -> own.write(payload, content ? out : held);
                case FORWARD -> {
                    if (!content && own.facts().content()) {
                        commitContent();
                    }
                    own.write(payload, content ? out : held);
                }
                case DROP, LAST -> {}
            }
            if (recorder != null) {
                recorder.frame(event, payload);
            }
        }

        @Override
        public void end() {
            own.end();
            if (recorder != null) {
                recorder.end();
            }
        }

        @Override
        public @Nullable Fault fault() {
            return own.facts().fault();
        }

        @Override
        public boolean ended() {
            return own.facts().ended();
        }
    }

    /** Forwards a whole answer. */
    private final class TappedWhole implements FlowHost.Speaking {
        private final WholeTap own;

        TappedWhole(WholeTap own) {
            this.own = own;
            own.keep(text);
            wholeTap = own;
        }

        @Override
        public void frame(String event, Bytes payload) {
            wholeBody = own.adjust(payload);
            content |= own.facts().content();
            if (recorder != null) {
                recorder.frame(event, payload);
            }
        }

        @Override
        public void end() {
            if (recorder != null) {
                recorder.end();
            }
        }

        @Override
        public @Nullable Fault fault() {
            return own.facts().fault();
        }

        @Override
        public boolean ended() {
            return own.facts().ended();
        }
    }

    /** Decodes frames into events. */
    private final class Decoded implements FlowHost.Speaking {
        private final ChatDecoder decoder;

        Decoded(ChatDecoder decoder) {
            this.decoder = decoder;
        }

        @Override
        public void frame(String event, Bytes payload) {
            decoder.on(event, payload, ChatDelivery.this::event);
        }

        @Override
        public void end() {
            decoder.end(ChatDelivery.this::event);
        }

        @Override
        public @Nullable Fault fault() {
            return decoder.facts().fault();
        }

        @Override
        public boolean ended() {
            return decoder.facts().ended();
        }
    }
}
