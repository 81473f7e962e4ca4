package io.patchbay.testkit.upstream;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Performs one script on one connection. Used by one thread. */
final class AnswerWriter {
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] LINE_END = {'\r', '\n'};

    /** What the connection does after the answer. */
    enum Then {
        KEEP,
        CLOSE,
        RESET
    }

    private final OutputStream out;
    private final ScriptSettings script;
    private final boolean bodyAllowed;
    private final boolean chunked;
    private final Runnable finishing;

    private boolean headSent;
    private boolean paceDue;
    private @Nullable Then broken;
    private long position;
    private long contentSent;
    private boolean usageSent;

    /**
     * Prepares an answer.
     *
     * @param finishing called right before the write that completes the body
     */
    AnswerWriter(OutputStream out, Script script, String method, Runnable finishing) {
        this.out = out;
        this.script = script.settings();
        this.finishing = finishing;
        int status = this.script.status;
        this.bodyAllowed = !method.equals("HEAD") && status >= 200 && status != 204 && status != 304;
        this.chunked = bodyAllowed && this.script.chunked && !this.script.closeDelimited;
    }

    /** Writes the answer; ends early by {@link InterruptedException} or {@link IOException} when the client leaves. */
    Then write() throws IOException, InterruptedException {
        List<Step> steps = script.steps;
        for (int i = 0; i < steps.size(); i++) {
            boolean last = i == steps.size() - 1 && !script.marker;
            perform(steps.get(i), last);
            if (broken != null) {
                return broken;
            }
        }
        if (script.marker) {
            frame(Step.MARKER, true);
            if (broken != null) {
                return broken;
            }
        }
        if (!headSent) {
            finishing.run();
            sendHead(null, 0, 0);
        }
        if (chunked && !lastChunk()) {
            return Then.CLOSE;
        }
        return "close".equalsIgnoreCase(script.headers.get("connection")) ? Then.CLOSE : Then.KEEP;
    }

    /** Ends the body; a client that has closed by now had all it wanted, and no cancellation is counted. */
    private boolean lastChunk() {
        try {
            out.write(LAST_CHUNK);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns whether the script broke the connection on purpose. */
    boolean broke() {
        return broken != null;
    }

    /** Returns the entry for the bill, or {@code null} when the script charges nothing. */
    @Nullable
    Charge charge(long request, Charge.Outcome outcome) {
        ScriptSettings.Price price = script.price;
        if (price == null) {
            return null;
        }
        long all = 0;
        for (Step step : script.steps) {
            all += step instanceof Step.Frame frame && frame.content() || step instanceof Step.Write ? 1 : 0;
        }
        boolean whole = outcome == Charge.Outcome.COMPLETE || contentSent >= all;
        long output = whole ? price.output() : price.output() * contentSent / all;
        boolean told = usageSent || script.usageInBody && outcome == Charge.Outcome.COMPLETE;
        return new Charge(request, price.answerId(), price.model(), price.input(), output, told, outcome);
    }

    private void perform(Step step, boolean last) throws IOException, InterruptedException {
        switch (step) {
            case Step.Head ignored -> sendHead(null, 0, 0);
            case Step.Pause pause -> Thread.sleep(pause.time());
            case Step.Wait wait -> wait.latch().await();
            case Step.Write write -> {
                body(write.bytes(), last);
                contentSent += write.content() ? 1 : 0;
            }
            case Step.Repeat repeat -> {
                for (long i = 1; i <= repeat.times() && broken == null; i++) {
                    body(repeat.bytes(), last && i == repeat.times());
                }
            }
            case Step.Frame frame -> frame(frame, last);
            case Step.Comment comment -> body(printed(comment, script), last);
            case Step.Stall ignored -> {
                while (true) {
                    Thread.sleep(Long.MAX_VALUE);
                }
            }
            case Step.Break cut -> broken = cut.reset() ? Then.RESET : Then.CLOSE;
            default -> throw new IOException("a step for sockets in a script that is none");
        }
    }

    static byte[] printed(Step.Comment comment, ScriptSettings script) {
        return bytes(": " + comment.text() + script.lineEnd.repeat(2));
    }

    static byte[] printed(Step.Frame frame, ScriptSettings script) {
        StringBuilder text = new StringBuilder(frame.payload().length() + 32);
        if (script.comments) {
            text.append(": keep-alive").append(script.lineEnd).append(script.lineEnd);
        }
        if (frame.event() != null) {
            text.append("event: ").append(frame.event()).append(script.lineEnd);
        }
        for (String line : frame.payload().split("\n", -1)) {
            text.append("data: ").append(line).append(script.lineEnd);
        }
        return bytes(text.append(script.lineEnd).toString());
    }

    private void frame(Step.Frame frame, boolean last) throws IOException, InterruptedException {
        body(printed(frame, script), last);
        if (broken == null) {
            contentSent += frame.content() ? 1 : 0;
            usageSent |= frame.usage();
        }
    }

    private void body(byte[] bytes, boolean last) throws IOException, InterruptedException {
        if (!bodyAllowed) {
            return;
        }
        if (script.breakAt == position) {
            breakNow();
            return;
        }
        int from = 0;
        while (from < bytes.length) {
            if (paceDue) {
                Thread.sleep(script.pace);
            }
            paceDue = !script.pace.isZero();
            int to = (int) Math.min(bytes.length, boundary() - position + from);
            if (last && to == bytes.length) {
                finishing.run();
            }
            send(bytes, from, to);
            position += to - from;
            from = to;
            if (script.breakAt == position) {
                breakNow();
                return;
            }
        }
    }

    private void breakNow() throws IOException {
        if (!headSent) {
            sendHead(null, 0, 0);
        }
        broken = script.breakByReset ? Then.RESET : Then.CLOSE;
    }

    /** Returns the next body offset behind {@link #position} at which a write must end. */
    private long boundary() {
        long boundary = Long.MAX_VALUE;
        if (script.breakAt > position) {
            boundary = script.breakAt;
        }
        for (int offset : script.splitAt) {
            if (offset > position) {
                boundary = Math.min(boundary, offset);
                break;
            }
        }
        return script.splitEvery > 0 ? Math.min(boundary, position + script.splitEvery) : boundary;
    }

    private void send(byte[] bytes, int from, int to) throws IOException {
        if (!headSent) {
            sendHead(bytes, from, to);
            return;
        }
        if (!chunked) {
            out.write(bytes, from, to - from);
            return;
        }
        byte[] size = bytes(Integer.toHexString(to - from));
        byte[] chunk = new byte[size.length + 4 + to - from];
        fillChunk(chunk, 0, size, bytes, from, to);
        out.write(chunk);
    }

    private static void fillChunk(byte[] into, int offset, byte[] size, byte[] bytes, int from, int to) {
        int at = offset;
        System.arraycopy(size, 0, into, at, size.length);
        at += size.length;
        System.arraycopy(LINE_END, 0, into, at, 2);
        System.arraycopy(bytes, from, into, at + 2, to - from);
        System.arraycopy(LINE_END, 0, into, at + 2 + to - from, 2);
    }

    /** Sends the headers and, in the same write, the first bytes of the body if there are any. */
    private void sendHead(byte @Nullable [] bytes, int from, int to) throws IOException {
        headSent = true;
        StringBuilder head = new StringBuilder(256);
        head.append("HTTP/1.1 ")
                .append(script.status)
                .append(' ')
                .append(reason(script.status))
                .append("\r\n");
        for (Map.Entry<String, String> header : script.headers.entrySet()) {
            head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
        }
        if (chunked) {
            head.append("transfer-encoding: chunked\r\n");
        } else if (!script.closeDelimited && script.status != 204 && script.status != 304) {
            head.append("content-length: ").append(declaredLength()).append("\r\n");
        }
        byte[] start = bytes(head.append("\r\n").toString());
        if (bytes == null) {
            out.write(start);
            return;
        }
        byte[] size = chunked ? bytes(Integer.toHexString(to - from)) : new byte[0];
        byte[] all = new byte[start.length + to - from + (chunked ? size.length + 4 : 0)];
        System.arraycopy(start, 0, all, 0, start.length);
        if (chunked) {
            fillChunk(all, start.length, size, bytes, from, to);
        } else {
            System.arraycopy(bytes, from, all, start.length, to - from);
        }
        out.write(all);
    }

    private long declaredLength() {
        long length = 0;
        for (Step step : script.steps) {
            length += step instanceof Step.Write write ? write.bytes().length : 0;
        }
        return length;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 429 -> "Too Many Requests";
            case 500 -> "Internal Server Error";
            case 503 -> "Service Unavailable";
            default -> "Status";
        };
    }
}
