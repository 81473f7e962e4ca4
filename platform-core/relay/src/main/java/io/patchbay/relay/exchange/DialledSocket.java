package io.patchbay.relay.exchange;

import io.patchbay.spi.Bytes;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Next;
import io.patchbay.spi.Socket;
import io.patchbay.spi.SocketReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/**
 * Hands what happens on a socket to the plugin's reader, and what the plugin says to the socket. The next message is read
 * when the host has written what came of the one before.
 */
final class DialledSocket<E> implements SocketListener, Socket {
    /** How many messages may wait to be sent. */
    static final int MOST_QUEUED = 64;

    /** How many bytes may wait to be sent. */
    static final long MOST_QUEUED_BYTES = 4L * 1024 * 1024;

    private final FlowRunner<E> runner;
    private final SocketReader reader;
    private final SocketExchange exchange;
    private final AtomicInteger queued = new AtomicInteger();
    private final AtomicLong queuedBytes = new AtomicLong();
    private boolean inside;

    DialledSocket(FlowRunner<E> runner, SocketReader reader, Executor serial) {
        this.runner = runner;
        this.reader = reader;
        this.exchange = new SocketExchange(serial, this);
    }

    SocketExchange exchange() {
        return exchange;
    }

    // ---- what the plugin may call ----

    @Override
    public void send(String text) {
        say(OpCode.TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void send(byte[] binary) {
        say(OpCode.BINARY, binary);
    }

    private void say(byte kind, byte[] payload) {
        if (!inside) {
            throw new IllegalStateException("a socket is used inside the calls of its reader, until it is closed");
        }
        if (runner.over()) {
            return;
        }
        if (queued.incrementAndGet() > MOST_QUEUED || queuedBytes.addAndGet(payload.length) > MOST_QUEUED_BYTES) {
            runner.fail(Fault.of(
                    FaultKind.UPSTREAM,
                    "the upstream does not take what it is told: more than " + MOST_QUEUED + " messages or "
                            + MOST_QUEUED_BYTES + " bytes wait to be sent"));
            return;
        }
        exchange.say(kind, payload, () -> {
            queued.decrementAndGet();
            queuedBytes.addAndGet(-payload.length);
        });
    }

    // ---- what happens on the socket ----

    @Override
    public void opened() {
        runner.headCame(new Head(101, name -> null));
        goOn(enter(() -> reader.opened(this)));
    }

    @Override
    public void touched() {
        runner.touched();
    }

    @Override
    public void message(Bytes data) {
        goOn(enter(() -> reader.on(data)));
    }

    @Override
    public void tooLarge() {
        runner.fail(Fault.of(
                FaultKind.UPSTREAM,
                "a message of the upstream is larger than " + SocketExchange.LARGEST_MESSAGE + " bytes"));
    }

    @Override
    public void closed(int code, String reason) {
        last(runner.enter(() -> reader.closed(code, reason)));
    }

    @Override
    public void refused(Head head, Bytes body) {
        runner.headCame(head);
        HostAnswer answer = runner.answer(head, body);
        last(runner.enter(() -> reader.refused(answer)));
    }

    @Override
    public void broken(Throwable cause, boolean switched) {
        runner.fail(
                switched
                        ? Fault.of(FaultKind.UPSTREAM, "the upstream's answer opens no WebSocket")
                        : runner.network().unreachable(cause));
    }

    private @Nullable Next enter(Supplier<@Nullable Next> work) {
        inside = true;
        try {
            return runner.enter(work);
        } finally {
            inside = false;
        }
    }

    private void goOn(@Nullable Next next) {
        if (next == null || runner.over()) {
            return;
        }
        if (next == Next.more()) {
            runner.restThenReadOn();
        } else {
            runner.perform(next);
        }
    }

    private void last(@Nullable Next next) {
        if (next == Next.more()) {
            runner.broke("asked for more after the end");
        } else if (next != null && !runner.over()) {
            runner.perform(next);
        }
    }
}
