package io.patchbay.benchmarks.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * One selector, one timer wheel and one read buffer for all connections. Everything happens on the thread that runs it,
 * except {@link #post} and {@link #stop}, which any thread may call.
 */
public final class EventLoop implements Runnable, AutoCloseable {
    private static final int READ_BYTES = 64 * 1024;
    private static final long IDLE_MILLIS = 100;

    private final Selector selector;
    private final TimerWheel wheel = new TimerWheel(System.nanoTime());
    private final ByteBuffer readBuffer = ByteBuffer.allocate(READ_BYTES);
    private final Queue<Runnable> posted = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;
    private long now = System.nanoTime();

    /** Opens a loop that is to be run. */
    public EventLoop() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("no selector", e);
        }
    }

    /** Serves until it is stopped; then closes what is still registered. */
    @Override
    public void run() {
        try {
            while (!stopped) {
                long idle = posted.isEmpty() ? wheel.idleMillis(System.nanoTime(), IDLE_MILLIS) : 0;
                if (idle > 0) {
                    selector.select(this::dispatch, idle);
                } else {
                    selector.selectNow(this::dispatch);
                }
                now = System.nanoTime();
                wheel.advance(now);
                for (Runnable task = posted.poll(); task != null; task = posted.poll()) {
                    task.run();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the selector failed", e);
        } finally {
            close();
        }
    }

    private void dispatch(SelectionKey key) {
        now = System.nanoTime();
        ((Endpoint) key.attachment()).ready();
    }

    /** Returns the time at which the present event began to be handled, as {@link System#nanoTime()}. */
    public long now() {
        return now;
    }

    /** Lets that timer fire at that time, see {@link System#nanoTime()}; one that is armed is moved. */
    public void arm(Timer timer, long deadline) {
        wheel.arm(timer, deadline);
    }

    /** Forgets that timer, if it is armed. */
    public void cancel(Timer timer) {
        wheel.cancel(timer);
    }

    /** Runs that on the loop's thread, soon. */
    public void post(Runnable task) {
        posted.add(task);
        selector.wakeup();
    }

    /** Ends {@link #run}. */
    public void stop() {
        stopped = true;
        selector.wakeup();
    }

    SelectionKey register(SelectableChannel channel, int interest, Endpoint endpoint) throws IOException {
        return channel.register(selector, interest, endpoint);
    }

    /** Returns the one read buffer, empty; what is in it is gone at the next read of any connection. */
    ByteBuffer readBuffer() {
        return readBuffer.clear();
    }

    /** Closes the selector and every channel registered at it. Only when it does not run. */
    @Override
    public void close() {
        if (!selector.isOpen()) {
            return;
        }
        try {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
