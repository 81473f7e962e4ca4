package io.patchbay.testkit.host;

import io.patchbay.dialects.frame.Framers;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Framing;
import io.patchbay.spi.Next;
import io.patchbay.spi.Reader;

/** An answer read in frames by the flow itself. */
final class StreamExchange<E> extends FramedExchange<E> {
    private final Reader reader;

    StreamExchange(FlowRun<E> run, Reply reply, Framing framing, Reader reader) {
        super(run, reply, Framers.of(framing));
        this.reader = reader;
    }

    @Override
    void frame(String event, Bytes data) {
        Poison lent = Poison.lend(data);
        Next next = run().enter("reader.on", () -> reader.on(event, lent.view()));
        lent.spoil();
        if (!(next instanceof Next.More)) {
            run().proceed(next);
        }
    }

    @Override
    void end() {
        run().proceed(run().enter("reader.end", reader::end));
    }
}
