package io.patchbay.relay.exchange;

import io.patchbay.spi.Bytes;
import io.patchbay.spi.Next;
import io.patchbay.spi.Reader;
import org.jspecify.annotations.Nullable;

/** Hands frames to the plugin's reader. */
final class FramedBody<E> extends AnswerBody<E> {
    private final Reader reader;

    FramedBody(FlowRunner<E> runner, Next.Stream action) {
        super(runner, action.request(), action.framing());
        this.reader = action.reader();
    }

    @Override
    void framed() {}

    @Override
    @Nullable
    Next frame(String event, Bytes data) {
        return runner.enter(() -> reader.on(event, data));
    }

    @Override
    Next afterRead() {
        return Next.more();
    }

    @Override
    @Nullable
    Next ended() {
        return runner.enter(reader::end);
    }

    @Override
    @Nullable
    Next whole(HostAnswer answer, boolean asked) {
        if (asked) {
            Next next = runner.enter(() -> reader.on("", answer.body()));
            return next == Next.more() ? runner.enter(reader::end) : next;
        }
        return runner.enter(() -> reader.unframed(answer));
    }

    @Override
    @Nullable
    Next refused(HostAnswer answer) {
        return runner.enter(() -> reader.refused(answer));
    }
}
