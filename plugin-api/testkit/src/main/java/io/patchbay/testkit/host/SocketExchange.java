package io.patchbay.testkit.host;

import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Next;
import io.patchbay.spi.Socket;
import io.patchbay.spi.SocketReader;
import io.patchbay.testkit.upstream.SocketMessage;
import java.util.Iterator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A WebSocket conversation. Each step is one call into the flow: open, one message, or closed. */
final class SocketExchange<E> extends Exchange<E> {
    /** The bounds of a host's socket; what a flow says leaves between two calls. */
    private static final int MOST_QUEUED = 64;

    private static final int MOST_QUEUED_BYTES = 4 * 1024 * 1024;
    private static final int LARGEST_MESSAGE = 16 * 1024 * 1024;
    private static final int CONNECTION_LOST = 1006;

    private final SocketReader reader;
    private final Reply reply;
    private final Iterator<SocketMessage> messages;
    private final Saying socket;
    private boolean opened;

    /**
     * Prepares a conversation.
     *
     * @param number which exchange of the run it is, from 0
     */
    SocketExchange(FlowRun<E> run, Reply reply, SocketReader reader, int number) {
        super(run);
        this.reply = reply;
        this.reader = reader;
        this.messages = reply.messages().iterator();
        this.socket = new Saying(number);
    }

    @Override
    void step() {
        if (!opened) {
            opened = true;
            goOn(enter("reader.opened", () -> reader.opened(socket)));
        } else if (messages.hasNext()) {
            take(messages.next());
        } else if (reply.broken()) {
            closed(CONNECTION_LOST, "");
        } else {
            closed(reply.closeCode(), reply.closeReason());
        }
    }

    private void take(SocketMessage message) {
        byte[] bytes = message.bytes();
        if (bytes.length > LARGEST_MESSAGE) {
            run().fail(Fault.of(FaultKind.UPSTREAM, "a message is larger than " + LARGEST_MESSAGE + " bytes"));
            return;
        }
        Poison lent = Poison.lend(bytes, 0, bytes.length);
        Next next = enter("reader.on", () -> reader.on(lent.view()));
        lent.spoil();
        goOn(next);
    }

    private void closed(int code, String reason) {
        socket.open = false;
        run().proceed(enter("reader.closed", () -> reader.closed(code, reason)));
    }

    private @Nullable Next enter(String what, Supplier<Next> call) {
        socket.begin();
        return run().enter(what, call);
    }

    private void goOn(@Nullable Next next) {
        if (next != null && !(next instanceof Next.More)) {
            socket.open = false;
            run().proceed(next);
        }
    }

    /** The flow's side. */
    private final class Saying implements Socket {
        private final int number;
        private boolean open = true;
        private int queued;
        private long queuedBytes;

        Saying(int number) {
            this.number = number;
        }

        void begin() {
            queued = 0;
            queuedBytes = 0;
        }

        @Override
        public void send(String text) {
            say(SocketMessage.text(text));
        }

        @Override
        public void send(byte[] binary) {
            say(SocketMessage.binary(binary));
        }

        private void say(SocketMessage message) {
            if (!run().isInside()) {
                run().broke("socket.send() was called outside of a call into the flow");
            } else if (!open) {
                run().broke("socket.send() was called after the exchange had ended");
            } else if (run().ending() == FlowRun.Ending.RUNNING) {
                queued++;
                queuedBytes += message.bytes().length;
                if (queued > MOST_QUEUED || queuedBytes > MOST_QUEUED_BYTES) {
                    run().fail(Fault.of(
                            FaultKind.UPSTREAM,
                            "more than " + MOST_QUEUED + " messages or " + MOST_QUEUED_BYTES
                                    + " bytes wait to be sent"));
                } else {
                    run().said(number, message);
                }
            }
        }
    }
}
