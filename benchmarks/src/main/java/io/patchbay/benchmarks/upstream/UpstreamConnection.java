package io.patchbay.benchmarks.upstream;

import io.patchbay.benchmarks.wire.Connection;
import io.patchbay.benchmarks.wire.EventLoop;
import io.patchbay.benchmarks.wire.HttpDecoder;
import io.patchbay.benchmarks.wire.Timer;
import io.patchbay.benchmarks.wire.WireException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One client of the upstream: a request, its scripted answer, the next request. */
final class UpstreamConnection extends Connection implements HttpDecoder.Sink {
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** After so many writes in a row the others have their turn. */
    private static final int WRITES_PER_TURN = 64;

    private static final long MAX_BODY = 20L * 1024 * 1024;

    private final Scripts scripts;
    private final Counts counts;
    private final HttpDecoder decoder = new HttpDecoder(HttpDecoder.Role.SERVER, this);
    private final Timer due = new Timer() {
        @Override
        protected void fire() {
            resume();
        }
    };

    @Nullable
    private Script script;

    private int write;
    private int sent;
    private long dueNanos;
    private long body;
    private boolean expects;

    UpstreamConnection(EventLoop loop, SocketChannel accepted, Scripts scripts, Counts counts) throws IOException {
        super(loop);
        this.scripts = scripts;
        this.counts = counts;
        attach(accepted);
        counts.connections++;
    }

    @Override
    protected void received(byte[] bytes, int from, int to) throws IOException {
        try {
            decoder.feed(bytes, from, to);
        } catch (WireException e) {
            counts.malformed++;
            throw e;
        }
        if (expects) {
            expects = false;
            write(ByteBuffer.wrap(CONTINUE));
        }
        if (body > MAX_BODY) {
            throw new IOException("a body of more than " + MAX_BODY + " bytes");
        }
        answer();
    }

    @Override
    public void head() {
        body = 0;
        expects = decoder.expectsContinue();
    }

    @Override
    public void body(byte[] bytes, int from, int to) {
        body += to - from;
        counts.bodyBytes += to - from;
    }

    @Override
    public void end() {
        if (script != null) {
            // Nobody here sends a request before the answer to the last one is complete.
            counts.malformed++;
            return;
        }
        expects = false;
        counts.requests++;
        String target = decoder.target();
        if (target.equals("/stats")) {
            byte[] json = counts.json().getBytes(StandardCharsets.UTF_8);
            byte[] answer = Http.whole(200, "OK", "application/json", json);
            begin(new Script(List.of(new Script.Write(answer, false, false)), 0, false));
            return;
        }
        Script found = scripts.of(target);
        if (scripts.unknown(found)) {
            counts.unknown++;
        }
        begin(found);
    }

    private void begin(Script begun) {
        script = begun;
        write = 0;
        sent = 0;
        dueNanos = loop.now();
        if (begun.paced(0)) {
            dueNanos += begun.gapNanos();
        }
        counts.open++;
        counts.mostOpen = Math.max(counts.mostOpen, counts.open);
    }

    /** Writes what is due. The times of a stream are those of its beginning, so that a late write delays no other. */
    private void answer() throws IOException {
        Script answering = script;
        if (answering == null) {
            return;
        }
        for (int i = 0; i < WRITES_PER_TURN; i++) {
            if (answering.paced(write) && sent == 0 && dueNanos > loop.now()) {
                loop.arm(due, dueNanos);
                return;
            }
            ByteBuffer view = answering.view(write, sent);
            int before = view.remaining();
            boolean all = write(view);
            sent += before - view.remaining();
            if (!all) {
                return;
            }
            if (answering.content(write)) {
                counts.chunks++;
            }
            sent = 0;
            write++;
            if (write == answering.writes()) {
                script = null;
                counts.open--;
                counts.answered++;
                if (!decoder.keepAlive() || answering.broken()) {
                    close();
                }
                return;
            }
            if (answering.paced(write)) {
                dueNanos += answering.gapNanos();
            }
        }
        yieldWrite();
    }

    private void resume() {
        try {
            answer();
        } catch (IOException e) {
            close();
            broken(e);
        }
    }

    @Override
    protected void writable() throws IOException {
        if (!due.armed()) {
            answer();
        }
    }

    @Override
    protected void connected() {}

    @Override
    protected void ended() {
        abandon();
    }

    @Override
    protected void broken(IOException why) {
        abandon();
    }

    private void abandon() {
        loop.cancel(due);
        if (script != null) {
            script = null;
            counts.open--;
            counts.abandoned++;
        }
    }
}
