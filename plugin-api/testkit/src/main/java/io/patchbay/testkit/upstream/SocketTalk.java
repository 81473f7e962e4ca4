package io.patchbay.testkit.upstream;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of one WebSocket. One thread performs the script by {@link #write}, another reads what the client says
 * by {@link #listen}; both may write frames.
 */
final class SocketTalk {
    private static final int LOST = 1006;
    private static final int NO_CODE = 1005;

    private final OutputStream out;
    private final ScriptSettings script;
    private final ReceivedRequest handshake;
    private final ScriptedUpstream upstream;
    private final BlockingQueue<SocketMessage> heard = new LinkedBlockingQueue<>();
    private final Semaphore pongs = new Semaphore(0);
    private final CountDownLatch left = new CountDownLatch(1);
    private final Runnable finishing;
    private final ReentrantLock writing = new ReentrantLock();
    private boolean closeSent;

    /**
     * Prepares a talk.
     *
     * @param finishing called right before the last thing that is said
     */
    SocketTalk(
            OutputStream out, Script script, ReceivedRequest handshake, ScriptedUpstream upstream, Runnable finishing) {
        this.finishing = finishing;
        this.out = out;
        this.script = script.settings();
        this.handshake = handshake;
        this.upstream = upstream;
    }

    /** Returns the script to answer with instead when that request cannot be upgraded, else {@code null}. */
    static @Nullable Script refusal(ReceivedRequest request) {
        String upgrade = request.header("upgrade");
        String connection = request.header("connection");
        if (upgrade == null || !upgrade.equalsIgnoreCase("websocket")) {
            return Script.answer(426).header("upgrade", "websocket");
        }
        boolean sound = request.method().equals("GET")
                && connection != null
                && connection.toLowerCase(Locale.ROOT).contains("upgrade")
                && "13".equals(request.header("sec-websocket-version"))
                && request.header("sec-websocket-key") != null;
        return sound ? null : Script.answer(400).text("text/plain", "not a handshake of RFC 6455");
    }

    /** Performs the script; ends early by {@link InterruptedException} or {@link IOException} when the client leaves. */
    AnswerWriter.Then write() throws IOException, InterruptedException {
        head();
        List<Step> steps = script.steps;
        int lastWord = lastWord(steps);
        for (int i = 0; i < steps.size(); i++) {
            AnswerWriter.Then broken = perform(steps.get(i), i == lastWord);
            if (broken != null) {
                return broken;
            }
        }
        finishing.run();
        closing(SocketFrames.closing(1000, ""));
        left.await();
        return AnswerWriter.Then.CLOSE;
    }

    /** Returns the place of the last thing that is said when only closing follows, else -1. */
    private static int lastWord(List<Step> steps) {
        for (int i = steps.size() - 1; i >= 0; i--) {
            if (steps.get(i) instanceof Step.Say || steps.get(i) instanceof Step.Answer) {
                return i;
            }
            if (!(steps.get(i) instanceof Step.Close)) {
                return -1;
            }
        }
        return -1;
    }

    private AnswerWriter.@Nullable Then perform(Step step, boolean lastWord) throws IOException, InterruptedException {
        switch (step) {
            case Step.Hear ignored -> heard.take();
            case Step.Answer answer -> {
                List<String> texts = answer.function().apply(heard.take().text());
                for (int i = 0; i < texts.size(); i++) {
                    if (lastWord && i == texts.size() - 1) {
                        finishing.run();
                    }
                    say(SocketMessage.text(texts.get(i)), 1);
                }
            }
            case Step.Say say -> {
                if (lastWord) {
                    finishing.run();
                }
                say(say.message(), say.frames());
            }
            case Step.Ping ignored -> {
                frame(true, SocketFrames.PING, "are you there".getBytes(StandardCharsets.UTF_8));
                pongs.acquire();
            }
            case Step.Close close -> {
                finishing.run();
                closing(SocketFrames.closing(close.code(), close.reason()));
                left.await();
                return AnswerWriter.Then.CLOSE;
            }
            case Step.Pause pause -> Thread.sleep(pause.time());
            case Step.Wait wait -> wait.latch().await();
            case Step.Stall ignored -> {
                while (true) {
                    Thread.sleep(Long.MAX_VALUE);
                }
            }
            case Step.Break cut -> {
                return cut.reset() ? AnswerWriter.Then.RESET : AnswerWriter.Then.CLOSE;
            }
            default -> throw new IOException("a step for bodies in a script for sockets");
        }
        return null;
    }

    private void head() throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 101 Switching Protocols\r\n"
                + "upgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: ");
        head.append(SocketFrames.accept(String.valueOf(handshake.header("sec-websocket-key"))))
                .append("\r\n");
        script.headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private void say(SocketMessage message, int frames) throws IOException {
        byte[] bytes = message.bytes();
        int kind = message.isBinary() ? SocketFrames.BINARY : SocketFrames.TEXT;
        for (int i = 0; i < frames; i++) {
            int from = (int) ((long) bytes.length * i / frames);
            int to = (int) ((long) bytes.length * (i + 1) / frames);
            int own = i == 0 ? kind : SocketFrames.CONTINUATION;
            send(SocketFrames.print(i == frames - 1, own, bytes, from, to));
        }
    }

    private void closing(byte[] payload) throws IOException {
        writing.lock();
        try {
            if (!closeSent) {
                closeSent = true;
                out.write(SocketFrames.print(true, SocketFrames.CLOSE, payload, 0, payload.length));
            }
        } finally {
            writing.unlock();
        }
    }

    private void frame(boolean last, int kind, byte[] payload) throws IOException {
        send(SocketFrames.print(last, kind, payload, 0, payload.length));
    }

    private void send(byte[] frame) throws IOException {
        writing.lock();
        try {
            out.write(frame);
        } finally {
            writing.unlock();
        }
    }

    /** Reads what the client says until it leaves. */
    void listen(InputStream connection) throws IOException {
        InputStream in = new BufferedInputStream(connection, 16 * 1024);
        int code = LOST;
        try {
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            boolean binary = false;
            SocketFrames.Frame frame;
            while ((frame = SocketFrames.read(in)) != null) {
                switch (frame.kind()) {
                    case SocketFrames.PING -> frame(true, SocketFrames.PONG, frame.payload());
                    case SocketFrames.PONG -> pongs.release();
                    case SocketFrames.CLOSE -> {
                        code = code(frame.payload());
                        closing(frame.payload());
                        return;
                    }
                    case SocketFrames.TEXT, SocketFrames.BINARY, SocketFrames.CONTINUATION -> {
                        binary = frame.kind() == SocketFrames.CONTINUATION
                                ? binary
                                : frame.kind() == SocketFrames.BINARY;
                        message.writeBytes(frame.payload());
                        if (frame.last()) {
                            hear(binary, message.toByteArray());
                            message.reset();
                        }
                    }
                    default -> throw new IOException("a frame of an unknown kind");
                }
            }
        } finally {
            left.countDown();
            upstream.left(new SocketClosing(handshake, code));
        }
    }

    private static int code(byte[] payload) {
        return payload.length < 2 ? NO_CODE : (payload[0] & 0xFF) << 8 | payload[1] & 0xFF;
    }

    private void hear(boolean binary, byte[] bytes) {
        SocketMessage message =
                binary ? SocketMessage.binary(bytes) : SocketMessage.text(new String(bytes, StandardCharsets.UTF_8));
        upstream.heard(new HeardMessage(handshake, message));
        heard.add(message);
    }
}
