package io.patchbay.testkit.host;

import io.patchbay.spi.Bytes;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Framer;
import java.util.Iterator;

/** The body of one answer being read, cut into reads and then into frames. */
abstract class FramedExchange<E> extends Exchange<E> {
    private final Framer framer;
    private final Iterator<byte[]> reads;
    private final boolean broken;

    FramedExchange(FlowRun<E> run, Reply reply, Framer framer) {
        super(run);
        this.framer = framer;
        this.reads = run().settings().cut.reads(reply.body()).iterator();
        this.broken = reply.broken();
    }

    /** Delivers one read, or the end of the body. */
    @Override
    final void step() {
        if (reads.hasNext()) {
            byte[] read = reads.next();
            Poison lent = Poison.lend(read, 0, read.length);
            frames(() -> framer.feed(lent.view(), this::deliver));
            lent.spoil();
        } else if (broken) {
            run().fail(run().brokenConnection());
        } else {
            frames(() -> framer.end(this::deliver));
            if (run().isOpen(this)) {
                end();
            }
        }
    }

    private void frames(Runnable work) {
        try {
            work.run();
        } catch (LinkageError | StackOverflowError e) {
            run().broke("the framer threw " + e);
        } catch (RuntimeException e) {
            run().fail(Fault.of(FaultKind.UPSTREAM, "the upstream's answer cannot be cut into frames"));
        }
    }

    private void deliver(String event, Bytes data) {
        // Frames behind the one that ended the exchange are discarded, as those of one read are in the host.
        if (run().isOpen(this)) {
            frame(event, data);
        }
    }

    /** Takes one frame; the view may be kept by nobody. */
    abstract void frame(String event, Bytes data);

    /** The body ended in order. */
    abstract void end();
}
