package io.patchbay.relay.exchange;

import io.patchbay.spi.Bytes;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Next;
import org.jspecify.annotations.Nullable;

/** Hands frames to the host's own codec, which taps or decodes them; the plugin has a word only when something is wrong. */
final class SpokenBody<E> extends AnswerBody<E> {
    private final Next.Speak action;
    private FlowHost.@Nullable Speaking speaking;

    /** Whether the plugin is being asked about a fault; what comes meanwhile does not matter any more. */
    private boolean judging;

    SpokenBody(FlowRunner<E> runner, Next.Speak action) {
        super(runner, action.request(), action.framing());
        this.action = action;
    }

    @Override
    public boolean quick() {
        return true;
    }

    @Override
    void framed() {
        begin(true);
    }

    private FlowHost.@Nullable Speaking begin(boolean framed) {
        speaking = runner.host().speak(action, framed);
        if (speaking == null) {
            runner.broke("speaks the dialect " + action.dialect().id() + ", which does not answer this call");
        }
        return speaking;
    }

    @Override
    @Nullable
    Next frame(String event, Bytes data) {
        FlowHost.Speaking codec = speaking;
        if (codec == null || judging) {
            return null;
        }
        codec.frame(event, data);
        return Next.more();
    }

    @Override
    @Nullable
    Next afterRead() {
        FlowHost.Speaking codec = speaking;
        if (codec == null || judging) {
            return null;
        }
        Fault fault = codec.fault();
        if (fault != null) {
            judging = true;
            runner.aside(() -> goOn(judged(fault)));
            return null;
        }
        return codec.ended() ? Next.done() : Next.more();
    }

    /** Asks the plugin, which may take its time. */
    private Next judged(Fault fault) {
        if (!runner.host().contentSeen()) {
            Next other = heard(fault);
            if (other != null) {
                return other;
            }
        }
        return Next.fail(fault);
    }

    private @Nullable Next heard(Fault fault) {
        Next[] answer = new Next[1];
        runner.enter(() -> {
            answer[0] = action.voice().faulted(fault);
            return Next.done();
        });
        return answer[0];
    }

    @Override
    @Nullable
    Next ended() {
        FlowHost.Speaking codec = speaking;
        if (codec == null || judging) {
            return null;
        }
        codec.end();
        Fault fault = codec.fault();
        if (fault == null) {
            return Next.done();
        }
        judging = true;
        runner.aside(() -> goOnAfterWhole(judged(fault)));
        return null;
    }

    @Override
    @Nullable
    Next whole(HostAnswer answer, boolean asked) {
        if (answer.json() == null) {
            Fault fault = answer.fault();
            return Next.fail(
                    fault.kind() == FaultKind.UPSTREAM
                            ? fault
                            : Fault.builder(FaultKind.UPSTREAM, "the upstream's answer could not be understood")
                                    .status(answer.status())
                                    .build());
        }
        FlowHost.Speaking codec = begin(false);
        if (codec == null) {
            return null;
        }
        codec.frame("", answer.body());
        return ended();
    }

    @Override
    @Nullable
    Next refused(HostAnswer answer) {
        return runner.enter(() -> action.voice().refused(answer));
    }
}
