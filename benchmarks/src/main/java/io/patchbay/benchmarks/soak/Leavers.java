package io.patchbay.benchmarks.soak;

import io.patchbay.benchmarks.load.ChatBodies;
import io.patchbay.benchmarks.site.PatchbayServer;
import io.patchbay.benchmarks.site.Route;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Clients that ask for a stream and leave: five a second, in the middle of it, or before it has begun. */
final class Leavers implements AutoCloseable {
    private static final int TICK_MS = 100;
    private static final int STAY_TICKS = 6;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("leavers").factory());
    private final Deque<Socket> open = new ArrayDeque<>();
    private final AtomicLong left = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final InetSocketAddress address;
    private final byte[] middle;
    private final byte[] early;
    private int tick;

    private Leavers(PatchbayServer server) {
        this.address =
                new InetSocketAddress(server.chat().getHost(), server.chat().getPort());
        this.middle = request(server, Part.PACED);
        this.early = request(server, Part.SILENT);
    }

    static Leavers begin(PatchbayServer server) {
        Leavers leavers = new Leavers(server);
        leavers.clock.scheduleAtFixedRate(leavers::tick, 0, TICK_MS, TimeUnit.MILLISECONDS);
        return leavers;
    }

    private static byte[] request(PatchbayServer server, Route route) {
        byte[] body = ChatBodies.small(route.model(), true).getFirst();
        byte[] head = ("POST " + server.chat().getRawPath() + " HTTP/1.1\r\nHost: "
                        + server.chat().getRawAuthority() + "\r\nAuthorization: Bearer " + server.key()
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }

    /** Every second time one comes; the one that came so many times before leaves. */
    private void tick() {
        try {
            if (tick++ % 2 == 0) {
                Socket socket = new Socket();
                open.addLast(socket);
                socket.connect(address, 1_000);
                socket.getOutputStream().write(tick % 4 == 1 ? middle : early);
            }
            if (open.size() > STAY_TICKS / 2) {
                open.removeFirst().close();
                left.incrementAndGet();
            }
        } catch (IOException e) {
            failed.incrementAndGet();
        }
    }

    /** Returns how many have left so far. */
    long left() {
        return left.get();
    }

    /** Returns how many could not even ask. */
    long failed() {
        return failed.get();
    }

    @Override
    public void close() {
        clock.shutdown();
        try {
            if (!clock.awaitTermination(5, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the leavers do not stop");
            }
            for (Socket socket : open) {
                socket.close();
                left.incrementAndGet();
            }
            open.clear();
        } catch (IOException e) {
            // The server has closed it first.
            failed.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
