package io.patchbay.relay.exchange;

import io.patchbay.dialects.frame.Framers;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Framer;
import io.patchbay.spi.Framing;
import io.patchbay.spi.Next;
import io.patchbay.spi.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * What streamed and spoken answers have in common: tells by status, media type and first byte whether frames, a whole
 * body or an error is coming, because vendors answer JSON where a stream was asked for and the other way round.
 */
abstract class AnswerBody<E> implements UpstreamExchange.Listener {
    private enum Shape {
        UNKNOWN,
        FRAMED,
        WHOLE,
        REFUSED
    }

    /** A whole answer of so many bytes is looked at at once: that takes less than handing it to another thread. */
    private static final int QUICK_WHOLE = 8 * 1024;

    final FlowRunner<E> runner;
    private final HttpRequest request;
    private final Framing framing;
    private Shape shape = Shape.UNKNOWN;
    private @Nullable Head head;
    private @Nullable Framer framer;
    private Collected collected = new Collected(0);
    private @Nullable Next pending;

    AnswerBody(FlowRunner<E> runner, HttpRequest request, Framing framing) {
        this.runner = runner;
        this.request = request;
        this.framing = framing;
    }

    /** Frames will come. */
    abstract void framed();

    /** One frame; returns {@link Next#more()} or what to do instead, {@code null} after a failure. */
    abstract @Nullable Next frame(String event, Bytes data);

    /** One read has been cut into frames that all asked for more; returns {@link Next#more()} or what to do instead. */
    abstract @Nullable Next afterRead();

    /** The framed body ended. */
    abstract @Nullable Next ended();

    /** A whole 2xx body came; {@code asked} tells whether that is what the request asked for. */
    abstract @Nullable Next whole(HostAnswer answer, boolean asked);

    /** An answer that is not 2xx. */
    abstract @Nullable Next refused(HostAnswer answer);

    @Override
    public final void head(Head came) {
        head = came;
        runner.headCame(came);
        if (!came.ok()) {
            shape = Shape.REFUSED;
            collected = new Collected(Collected.ERROR_LIMIT);
        } else {
            String type = came.contentType();
            boolean asksWhole = framing == Framing.WHOLE;
            if (type.equals("text/event-stream") && (asksWhole || framing == Framing.SSE)) {
                toFramed(Framing.SSE);
            } else if (asksWhole
                    || (framing == Framing.SSE && (type.equals("application/json") || type.equals("text/html")))) {
                toWhole();
            } else if (framing != Framing.SSE) {
                toFramed(framing);
            }
        }
        runner.readOn();
    }

    private void toFramed(Framing as) {
        shape = Shape.FRAMED;
        framer = Framers.of(as);
        framed();
    }

    private void toWhole() {
        shape = Shape.WHOLE;
        collected = new Collected(Next.WHOLE_LIMIT);
    }

    @Override
    public final void bytes(Bytes read) {
        runner.touched();
        if (shape == Shape.UNKNOWN) {
            byte first = firstByte(read);
            if (first == 0) {
                runner.readOn();
                return;
            }
            if (first == '{' || first == '[' || first == '<') {
                toWhole();
            } else {
                toFramed(Framing.SSE);
            }
        }
        switch (shape) {
            case FRAMED -> feed(read);
            case WHOLE -> collect(read, false);
            case REFUSED -> collect(read, true);
            case UNKNOWN -> runner.readOn();
        }
    }

    private static byte firstByte(Bytes read) {
        for (int i = 0; i < read.length(); i++) {
            byte b = read.at(i);
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b;
            }
        }
        return 0;
    }

    private void collect(Bytes read, boolean error) {
        collected.add(read);
        if (!collected.overflowed()) {
            runner.readOn();
        } else if (error) {
            end();
        } else {
            runner.fail(Fault.of(
                    FaultKind.UPSTREAM, "the upstream's answer is larger than " + Next.WHOLE_LIMIT + " bytes"));
        }
    }

    private void feed(Bytes read) {
        Framer cutter = framer;
        if (cutter == null) {
            return;
        }
        pending = Next.more();
        if (!cut(() -> cutter.feed(read, this::take))) {
            return;
        }
        Next next = pending == Next.more() ? afterRead() : pending;
        goOn(next);
    }

    /** Runs the framer, which may be the plugin's own. */
    private boolean cut(Runnable work) {
        try {
            work.run();
            return true;
        } catch (RuntimeException | LinkageError e) {
            runner.fail(Fault.of(
                    FaultKind.UPSTREAM,
                    "the upstream's stream could not be cut into frames ("
                            + e.getClass().getSimpleName() + ")"));
            return false;
        }
    }

    private void take(String event, Bytes data) {
        // After the first other action the rest of the read is discarded.
        if (pending == Next.more()) {
            pending = frame(event, data);
        }
    }

    /** Does what a flow wants after a read. */
    final void goOn(@Nullable Next next) {
        if (next == null || runner.over()) {
            return;
        }
        if (next == Next.more()) {
            runner.restThenReadOn();
        } else if (quick()) {
            runner.aside(() -> runner.perform(next));
        } else {
            runner.perform(next);
        }
    }

    @Override
    public final boolean endsQuickly() {
        return shape == Shape.WHOLE && collected.size() <= QUICK_WHOLE;
    }

    @Override
    public final void end() {
        Head known = head;
        if (known == null || runner.over()) {
            return;
        }
        switch (shape) {
            case FRAMED -> {
                Framer cutter = framer;
                pending = Next.more();
                if (cutter == null || !cut(() -> cutter.end(this::take))) {
                    return;
                }
                Next next = pending == Next.more() ? afterRead() : pending;
                if (next == Next.more()) {
                    next = ended();
                }
                if (next == Next.more()) {
                    runner.broke("asked for more after the end");
                } else if (next != null && !runner.over()) {
                    runner.perform(next);
                }
            }
            case WHOLE -> goOnAfterWhole(whole(runner.answer(known, collected.view()), framing == Framing.WHOLE));
            case REFUSED -> goOnAfterWhole(refused(runner.answer(known, collected.view())));
            case UNKNOWN -> goOnAfterWhole(whole(runner.answer(known, Bytes.EMPTY), false));
        }
    }

    /** Does what a flow wants after its answer has ended. */
    final void goOnAfterWhole(@Nullable Next next) {
        if (next == Next.more()) {
            runner.broke("asked for more after the end");
        } else if (next == null || runner.over()) {
            return;
        } else if (quick() && !(next instanceof Next.Done)) {
            runner.aside(() -> runner.perform(next));
        } else {
            runner.perform(next);
        }
    }

    @Override
    public final void broken(Throwable cause, boolean answered) {
        runner.fail(runner.network().broken(cause, answered, request));
    }
}
