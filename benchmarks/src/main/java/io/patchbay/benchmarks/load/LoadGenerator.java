package io.patchbay.benchmarks.load;

import io.patchbay.benchmarks.wire.EventLoop;
import io.patchbay.benchmarks.wire.Timer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Carries one plan out. Everything happens on the loop's thread. */
final class LoadGenerator {
    private static final long SWEEP_NANOS = 500_000_000;
    private static final long AFTER_FAILURE_NANOS = 100_000_000;

    private final EventLoop loop;
    private final LoadPlan plan;
    private final List<ByteBuffer> requests = new ArrayList<>();
    private final List<LoadConnection> connections = new ArrayList<>();
    private final Deque<LoadConnection> free = new ArrayDeque<>();
    private final Deque<Long> late = new ArrayDeque<>();
    private final Timer sweep = new Timer() {
        @Override
        protected void fire() {
            giveUpLate();
        }
    };
    private final Timer next = new Timer() {
        @Override
        protected void fire() {
            callDue();
        }
    };
    private Meter meter;
    private boolean ending;
    private int turn;
    private long rateBegun;
    private long rateCount;

    LoadGenerator(EventLoop loop, LoadPlan plan) {
        this.loop = loop;
        this.plan = plan;
        this.meter = new Meter(System.nanoTime());
        plan.bodies().forEach(body -> requests.add(request(plan, body)));
    }

    private static ByteBuffer request(LoadPlan plan, byte[] body) {
        URI target = plan.target();
        String authorization = plan.key().isEmpty() ? "" : "Authorization: Bearer " + plan.key() + "\r\n";
        byte[] head = ("POST " + target.getRawPath() + " HTTP/1.1\r\nHost: " + target.getRawAuthority() + "\r\n"
                        + authorization + "Content-Type: application/json\r\nAccept: "
                        + (plan.stream() ? "text/event-stream" : "application/json")
                        + "\r\nUser-Agent: patchbay-benchmarks\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocateDirect(head.length + body.length).put(head).put(body);
    }

    void start() {
        long now = System.nanoTime();
        meter = new Meter(now);
        InetSocketAddress address = new InetSocketAddress(
                plan.target().getHost(),
                plan.target().getPort() < 0 ? 80 : plan.target().getPort());
        boolean closed = plan.ratePerSecond() == 0;
        for (int i = 0; i < plan.connections(); i++) {
            LoadConnection connection = new LoadConnection(loop, this, address, plan);
            connections.add(connection);
            if (closed) {
                connection.startAt(now + plan.ramp().toNanos() * i / plan.connections());
            } else {
                free.add(connection);
            }
        }
        if (!closed) {
            rateBegun = now;
            loop.arm(next, now);
        }
        loop.arm(sweep, now + SWEEP_NANOS);
    }

    Meter meter() {
        return meter;
    }

    /** Returns what was measured since the last mark, and begins a new phase. */
    Phase mark() {
        long now = System.nanoTime();
        Phase phase = meter.phase(now);
        meter = new Meter(now);
        return phase;
    }

    /** Begins no further call. */
    void end() {
        ending = true;
        loop.cancel(next);
        late.clear();
        connections.forEach(connection -> connection.end(false));
    }

    /** Returns how many calls are under way. */
    int busy() {
        int busy = 0;
        for (LoadConnection connection : connections) {
            busy += connection.busy() ? 1 : 0;
        }
        return busy;
    }

    /** Gives up what is still under way; each counts as failed. */
    void close() {
        ending = true;
        loop.cancel(sweep);
        for (LoadConnection connection : connections) {
            connection.giveUp(FailureKind.TIMEOUT, "still under way at the end");
            connection.end(true);
        }
    }

    /** A connection has nothing to do. */
    void idle(LoadConnection connection) {
        if (ending) {
            connection.end(true);
        } else if (plan.ratePerSecond() == 0) {
            connection.call(nextRequest(), System.nanoTime());
        } else if (late.isEmpty()) {
            free.addLast(connection);
        } else {
            connection.call(nextRequest(), late.removeFirst());
        }
    }

    /** A connection's call has failed. */
    void failed(LoadConnection connection) {
        if (!ending) {
            connection.startAt(System.nanoTime() + AFTER_FAILURE_NANOS);
        }
    }

    private ByteBuffer nextRequest() {
        turn = (turn + 1) % requests.size();
        return requests.get(turn);
    }

    /** Calls count from the time they were due, so that waiting for a free connection shows. */
    private void callDue() {
        long now = System.nanoTime();
        double gap = 1e9 / plan.ratePerSecond();
        long due = rateBegun + (long) (rateCount * gap);
        while (due <= now) {
            LoadConnection connection = free.pollFirst();
            if (connection == null) {
                late.addLast(due);
            } else {
                connection.call(nextRequest(), due);
            }
            rateCount++;
            due = rateBegun + (long) (rateCount * gap);
        }
        loop.arm(next, due);
    }

    private void giveUpLate() {
        long now = System.nanoTime();
        long limit = plan.limit().toNanos();
        for (LoadConnection connection : connections) {
            if (connection.busy() && now - connection.begun() > limit) {
                connection.giveUp(
                        FailureKind.TIMEOUT, "took more than " + plan.limit().toSeconds() + " s");
            }
        }
        loop.arm(sweep, now + SWEEP_NANOS);
    }
}
