package io.patchbay.benchmarks.load;

import io.patchbay.benchmarks.wire.Connection;
import io.patchbay.benchmarks.wire.EventLoop;
import io.patchbay.benchmarks.wire.HttpDecoder;
import io.patchbay.benchmarks.wire.Timer;
import io.patchbay.benchmarks.wire.WireException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One client: sends a call at a time and checks its answer. */
final class LoadConnection extends Connection implements HttpDecoder.Sink {
    private final LoadGenerator generator;
    private final InetSocketAddress address;
    private final int expected;
    private final HttpDecoder decoder = new HttpDecoder(HttpDecoder.Role.CLIENT, this);
    private final AnswerCheck check;
    private final Timer start = new Timer() {
        @Override
        protected void fire() {
            generator.idle(LoadConnection.this);
        }
    };

    @Nullable
    private ByteBuffer request;

    private boolean connecting;
    private int sent;
    private long begun;
    private long firstByte;
    private long lastEvent;
    private int seen;

    LoadConnection(EventLoop loop, LoadGenerator generator, InetSocketAddress address, LoadPlan plan) {
        super(loop);
        this.generator = generator;
        this.address = address;
        this.expected = plan.events();
        this.check = new AnswerCheck(plan.stream());
    }

    /** Reports as idle at that time. */
    void startAt(long nanos) {
        loop.arm(start, nanos);
    }

    /** Tells whether a call is under way. */
    boolean busy() {
        return request != null;
    }

    /** Returns when the call under way began. */
    long begun() {
        return begun;
    }

    /**
     * Sends a call.
     *
     * @param bytes the whole request from position 0; shared, only looked at
     * @param since the time from which the call counts
     */
    void call(ByteBuffer bytes, long since) {
        request = bytes;
        begun = since;
        firstByte = 0;
        lastEvent = 0;
        seen = 0;
        sent = 0;
        check.reset();
        if (!open()) {
            decoder.reset();
            connecting = true;
            connect(address);
            return;
        }
        try {
            send();
        } catch (IOException e) {
            close();
            broken(e);
        }
    }

    private void send() throws IOException {
        ByteBuffer bytes = request;
        if (bytes == null || sent == bytes.capacity()) {
            return;
        }
        bytes.limit(bytes.capacity()).position(sent);
        write(bytes);
        sent = bytes.position();
    }

    @Override
    protected void connected() throws IOException {
        connecting = false;
        send();
    }

    @Override
    protected void writable() throws IOException {
        send();
    }

    @Override
    protected void received(byte[] bytes, int from, int to) throws IOException {
        if (request == null && to > from) {
            throw new IOException("bytes without a call");
        }
        decoder.feed(bytes, from, to);
    }

    @Override
    public void head() {
        // The status is looked at when the answer is complete.
    }

    @Override
    public void body(byte[] bytes, int from, int to) {
        long now = loop.now();
        if (firstByte == 0) {
            firstByte = now;
            if (decoder.status() == 200) {
                generator.meter().began(now - begun);
            }
        }
        check.body(bytes, from, to);
        int events = check.events();
        if (events > seen) {
            generator.meter().events(events - seen, lastEvent == 0 ? -1 : now - lastEvent);
            seen = events;
            lastEvent = now;
        }
    }

    @Override
    public void end() {
        int status = decoder.status();
        FailureKind wrong = status == 200 ? check.verdict(expected) : FailureKind.STATUS;
        if (!decoder.keepAlive()) {
            close();
        }
        if (wrong != null) {
            fail(wrong, "status " + status + " with " + seen + " content events");
            return;
        }
        long now = loop.now();
        request = null;
        generator.meter().completed(now - begun);
        generator.idle(this);
    }

    @Override
    protected void ended() {
        if (request == null) {
            decoder.reset();
            return;
        }
        try {
            decoder.finish();
            if (request != null) {
                fail(FailureKind.CUT, "closed by the server before an answer began");
            }
        } catch (WireException e) {
            fail(FailureKind.CUT, "closed by the server after " + seen + " content events");
        }
    }

    @Override
    protected void broken(IOException why) {
        if (request == null) {
            decoder.reset();
            return;
        }
        FailureKind kind = connecting
                ? FailureKind.CONNECT
                : why instanceof WireException ? FailureKind.MALFORMED : FailureKind.CUT;
        fail(kind, why.getMessage() + " after " + seen + " content events");
    }

    /** Gives the call under way up, if there is one. */
    void giveUp(FailureKind kind, String about) {
        close();
        if (request != null) {
            fail(kind, about + " after " + seen + " content events");
        }
    }

    private void fail(FailureKind kind, String about) {
        request = null;
        connecting = false;
        decoder.reset();
        generator.meter().failed(kind, about);
        generator.failed(this);
    }

    /** Closes it when no call is under way. */
    void end(boolean always) {
        loop.cancel(start);
        if (always || request == null) {
            close();
        }
    }
}
