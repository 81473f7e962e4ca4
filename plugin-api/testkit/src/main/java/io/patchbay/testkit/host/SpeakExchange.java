package io.patchbay.testkit.host;

import io.patchbay.dialects.ChatCodec;
import io.patchbay.dialects.ChatCodecs;
import io.patchbay.dialects.ChatDecoder;
import io.patchbay.dialects.ClientPlan;
import io.patchbay.dialects.TapFacts;
import io.patchbay.dialects.UpstreamCodec;
import io.patchbay.dialects.frame.Framers;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Framing;
import io.patchbay.spi.Next;
import io.patchbay.spi.Profile;
import io.patchbay.spi.Usage;
import io.patchbay.spi.Voice;
import io.patchbay.spi.chat.ChatEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer in a dialect the host knows. It is decoded into events, and tapped for comparison unless its shape is not
 * the one that was asked for, or the profile wants it rewritten: then a host cannot tap.
 */
final class SpeakExchange<E> extends FramedExchange<E> {
    private final Voice voice;
    private final ChatDecoder decoder;
    private final @Nullable TapProof proof;
    private final List<ChatEvent> events = new ArrayList<>();

    private SpeakExchange(
            FlowRun<E> run, Reply reply, Framing framing, Voice voice, ChatDecoder decoder, @Nullable TapProof proof) {
        super(run, reply, Framers.of(framing));
        this.voice = voice;
        this.decoder = decoder;
        this.proof = proof;
    }

    static @Nullable UpstreamCodec codec(Dialect dialect) {
        return ChatCodecs.upstream(dialect).orElse(null);
    }

    /** Returns the exchange, or {@code null} when the voice broke a rule, which has ended the run. */
    static <E> @Nullable SpeakExchange<E> open(FlowRun<E> run, Next.Speak speak, Reply reply) {
        Profile profile = run.enterMaybe("voice.profile", speak.voice()::profile);
        UpstreamCodec codec = codec(speak.dialect());
        if (profile == null || codec == null) {
            run.broke("voice.profile returned null");
            return null;
        }
        boolean wholeAsked = speak.framing().name().equals("whole");
        boolean whole = wholeAsked ? !Shape.isEvents(reply.body()) : Shape.isUnframed(speak.framing(), reply.body());
        Framing framing = whole ? Framing.WHOLE : wholeAsked ? Framing.SSE : speak.framing();
        ChatDecoder decoder = whole ? codec.wholeDecoder(profile) : codec.decoder(profile);
        ClientPlan plan = new ClientPlan(
                run.settings().publicModel,
                true,
                "chatcmpl-test",
                run.settings().start.getEpochSecond());
        boolean tapping = whole == wholeAsked && run.settings().tapping && !profile.rewritesAnswers();
        TapProof proof = tapping && codec instanceof ChatCodec both ? new TapProof(both, plan, profile, whole) : null;
        return new SpeakExchange<>(run, reply, framing, speak.voice(), decoder, proof);
    }

    @Override
    void frame(String event, Bytes data) {
        try {
            read(event, data);
        } catch (RuntimeException e) {
            run().broke("the codec of the dialect threw " + e);
        }
    }

    private void read(String event, Bytes data) {
        TapFacts facts = decoder.facts();
        if (facts.ended() || facts.fault() != null) {
            return;
        }
        Poison lent = Poison.lend(data);
        decoder.on(event, lent.view(), this::emit);
        lent.spoil();
        if (proof != null) {
            proof.on(event, data);
        }
        if (facts.fault() != null) {
            failed(facts.fault());
        }
    }

    @Override
    void end() {
        try {
            ended();
        } catch (RuntimeException e) {
            run().broke("the codec of the dialect threw " + e);
        }
    }

    private void ended() {
        decoder.end(this::emit);
        if (proof != null) {
            proof.end();
        }
        Fault fault = decoder.facts().fault();
        if (fault != null) {
            failed(fault);
            return;
        }
        compare();
        boolean finished = events.stream().anyMatch(event -> event instanceof ChatEvent.Finish);
        if (finished) {
            run().finish();
        } else {
            run().fail(Fault.of(FaultKind.TRUNCATED, "the upstream's answer ended without a finish reason"));
        }
    }

    private void emit(ChatEvent event) {
        events.add(event);
        run().decoded(event);
    }

    private void failed(Fault fault) {
        compare();
        Next another = decoder.facts().content() ? null : run().enterMaybe("voice.faulted", () -> voice.faulted(fault));
        if (another != null) {
            run().proceed(another);
        } else if (run().isOpen(this)) {
            run().fail(fault);
        }
    }

    private void compare() {
        if (proof == null) {
            return;
        }
        Usage usage = decoder.facts().usage();
        proof.differences(decoder.facts(), events, usage == null ? Usage.NONE : usage)
                .forEach(run()::disagrees);
        run().tapped(proof.written());
    }
}
