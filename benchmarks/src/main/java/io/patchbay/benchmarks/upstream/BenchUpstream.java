package io.patchbay.benchmarks.upstream;

import io.patchbay.benchmarks.wire.EventLoop;
import io.patchbay.benchmarks.wire.Listener;
import java.io.IOException;

/**
 * The scripted vendor, one thread. The first segments of the path choose the answer, whatever follows them:
 *
 * <ul>
 *   <li>{@code /plain}: a whole OpenAI chat completion;
 *   <li>{@code /slow/<ms>}: the same after a pause;
 *   <li>{@code /stream/<chunks>/<gap in microseconds>}: an OpenAI stream; without a gap as fast as the socket takes it;
 *   <li>{@code /claude/<chunks>/<gap in microseconds>}: the same words as an Anthropic stream;
 *   <li>{@code /fault/500}: an error of the server's;
 *   <li>{@code /fault/cut/<chunks>/<gap in microseconds>}: half of an OpenAI stream, and then the connection is closed;
 *   <li>{@code GET /stats}: what it did so far, as JSON.
 * </ul>
 *
 * Gaps are kept to the millisecond, and on the average exactly. Bodies of up to 20 MiB are read and forgotten.
 */
public final class BenchUpstream implements AutoCloseable {
    private final EventLoop loop = new EventLoop();
    private final Counts counts = new Counts();
    private final Listener listener;
    private final Thread thread;

    private BenchUpstream(int port) throws IOException {
        Scripts scripts = new Scripts();
        this.listener = new Listener(loop, port, channel -> new UpstreamConnection(loop, channel, scripts, counts));
        this.thread = new Thread(loop, "upstream");
    }

    /**
     * Starts it in this process.
     *
     * @param port 0 for a free one
     * @throws IOException when the port cannot be had
     */
    public static BenchUpstream start(int port) throws IOException {
        BenchUpstream upstream = new BenchUpstream(port);
        upstream.thread.start();
        return upstream;
    }

    /** Returns the port it listens on. */
    public int port() {
        return listener.port();
    }

    @Override
    public void close() {
        loop.stop();
    }

    /** Serves on that port (0 for a free one) until the process ends; prints the address when it is ready. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1 || !arguments[0].matches("\\d{1,5}")) {
            System.err.println("expected a port");
            System.exit(2);
        }
        BenchUpstream upstream = start(Integer.parseInt(arguments[0]));
        System.out.println("listening on http://127.0.0.1:" + upstream.port());
        System.out.flush();
    }
}
