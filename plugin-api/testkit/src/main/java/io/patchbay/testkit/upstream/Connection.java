package io.patchbay.testkit.upstream;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection. A virtual thread reads from it all the time, so that a client's leaving is noticed at once;
 * each answer is written by another.
 */
final class Connection implements Runnable {
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    private final Socket socket;
    private final ScriptedUpstream upstream;
    private @Nullable Answering current;

    Connection(Socket socket, ScriptedUpstream upstream) {
        this.socket = socket;
        this.upstream = upstream;
    }

    @Override
    public void run() {
        try {
            RequestReader reader = new RequestReader(socket.getInputStream());
            while (true) {
                RequestReader.Parsed parsed =
                        reader.next(() -> socket.getOutputStream().write(CONTINUE));
                if (parsed == null) {
                    break;
                }
                awaitIdle();
                ReceivedRequest request = upstream.receive(parsed);
                Answering answering = new Answering(request, upstream.choose(request));
                current = answering;
                answering.thread.start();
                if (answering.talk != null) {
                    // From here on the connection speaks WebSocket.
                    answering.talk.listen(reader.rest());
                    break;
                }
            }
        } catch (IOException e) {
            // The client broke the connection, sent nonsense, or the script closed it: the end of it either way.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end();
        }
    }

    /** Closes the connection at once; whatever is being answered is given up. */
    void close() {
        closeQuietly();
    }

    private void end() {
        Answering last = current;
        if (last != null) {
            last.clientLeft();
            try {
                last.thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        closeQuietly();
        upstream.closed(this);
    }

    private void awaitIdle() throws InterruptedException {
        if (current != null) {
            current.thread.join();
        }
    }

    private void closeQuietly() {
        try {
            socket.close();
        } catch (IOException e) {
            // Closing a socket that is broken already is what was wanted.
        }
    }

    private enum State {
        ACTIVE,
        /** The last bytes are on their way: a client that closes now has what it wants. */
        FINISHING,
        ENDED,
        CANCELLED
    }

    /** One answer being written. */
    private final class Answering implements Runnable {
        private final ReceivedRequest request;
        private final Script script;
        private final AtomicReference<State> state = new AtomicReference<>(State.ACTIVE);
        private final @Nullable SocketTalk talk;
        private final Thread thread;

        Answering(ReceivedRequest request, Script chosen) throws IOException {
            this.request = request;
            Script refusal = chosen.isSocket() ? SocketTalk.refusal(request) : null;
            this.script = refusal == null ? chosen : refusal;
            this.talk = script.isSocket()
                    ? new SocketTalk(socket.getOutputStream(), script, request, upstream, this::finishing)
                    : null;
            this.thread = Thread.ofVirtual()
                    .name("upstream-answer-" + request.number())
                    .unstarted(this);
        }

        void clientLeft() {
            if (state.compareAndSet(State.ACTIVE, State.CANCELLED)) {
                upstream.cancelled(request);
                thread.interrupt();
            }
        }

        private void finishing() {
            state.compareAndSet(State.ACTIVE, State.FINISHING);
        }

        @Override
        public void run() {
            AnswerWriter writer = null;
            Charge.Outcome outcome = Charge.Outcome.CANCELLED;
            try {
                if (talk != null) {
                    AnswerWriter.Then then = talk.write();
                    state.compareAndSet(State.ACTIVE, State.ENDED);
                    finish(then);
                    return;
                }
                writer = new AnswerWriter(socket.getOutputStream(), script, request.method(), this::finishing);
                AnswerWriter.Then then = writer.write();
                if (state.get() != State.CANCELLED) {
                    outcome = writer.broke() ? Charge.Outcome.BROKEN : Charge.Outcome.COMPLETE;
                    state.set(State.ENDED);
                }
                finish(then);
            } catch (IOException e) {
                State before = state.getAndSet(State.CANCELLED);
                if (before == State.ACTIVE || before == State.FINISHING) {
                    upstream.cancelled(request);
                }
                closeQuietly();
            } catch (InterruptedException e) {
                closeQuietly();
            } finally {
                upstream.answered(writer == null ? null : writer.charge(request.number(), outcome));
            }
        }

        private void finish(AnswerWriter.Then then) throws IOException {
            switch (then) {
                case KEEP -> {}
                case CLOSE -> {
                    // Closing at once could make the kernel throw away what the client has not read yet.
                    socket.shutdownOutput();
                    socket.setSoTimeout(2_000);
                }
                case RESET -> {
                    socket.setSoLinger(true, 0);
                    socket.close();
                }
            }
        }
    }
}
