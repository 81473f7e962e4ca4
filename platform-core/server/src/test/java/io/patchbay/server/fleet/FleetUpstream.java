package io.patchbay.server.fleet;

import io.patchbay.testkit.upstream.Charge;
import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One upstream of a fleet, on a port of its own: answers chats in OpenAI's format as its temper says, with its own name
 * in each answer, and knows which calls it saw and to which it said something. Safe for use by many threads.
 */
public final class FleetUpstream implements AutoCloseable {
    static final String CHAT = "/v1/chat/completions";

    /** What each whole answer costs, in tokens. */
    public static final int INPUT = 7;

    public static final int OUTPUT = 5;

    private final String name;
    private final ScriptedUpstream server;
    private final @Nullable Socket nobody;
    private final Map<Long, Asked> asked = new ConcurrentHashMap<>();
    private volatile Temper temper;

    private FleetUpstream(String name, Temper temper, @Nullable Socket nobody) {
        this.name = name;
        this.temper = temper;
        this.nobody = nobody;
        this.server = ScriptedUpstream.start();
        server.on("POST", CHAT, request -> {
            Asked read = Asked.of(request);
            asked.put(request.number(), read);
            return this.temper.answer(this, read);
        });
    }

    /** Starts an upstream. */
    public static FleetUpstream start(String name, Temper temper) {
        return new FleetUpstream(name, temper, null);
    }

    /** Returns an upstream at whose port nobody listens; the port stays taken, so that nobody else can. */
    public static FleetUpstream down(String name) {
        try {
            Socket socket = new Socket();
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return new FleetUpstream(name, (self, call) -> Temper.refusal(self, call, 500, "", null, ""), socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Changes its temper for the next call. */
    public void become(Temper other) {
        this.temper = other;
    }

    /** Returns the name that each answer begins with. */
    public String name() {
        return name;
    }

    /** Returns the root address, as a channel's endpoint. */
    public String endpoint() {
        return nobody == null ? server.endpoint() : "http://127.0.0.1:" + nobody.getLocalPort();
    }

    /** Returns the port. */
    public int port() {
        return nobody == null ? server.port() : nobody.getLocalPort();
    }

    /** Returns how many requests came. */
    public long requests() {
        return server.requests();
    }

    /** Returns when requests came, in order. */
    public List<Instant> arrivals() {
        return server.received().stream().map(ReceivedRequest::at).sorted().toList();
    }

    /** Returns when a request with that key came, in order. */
    public List<Instant> arrivals(String key) {
        return asked.values().stream()
                .filter(one -> one.key().equals(key))
                .map(one -> one.request().at())
                .sorted()
                .toList();
    }

    /** Returns the calls it saw. */
    public List<Asked> asked() {
        return List.copyOf(asked.values());
    }

    /** Returns the ids of calls it answered to the end. */
    public List<String> answered() {
        return ids(charge -> charge.outcome() == Charge.Outcome.COMPLETE);
    }

    /** Returns the ids of calls to which it said at least something of content, or would have, had nobody left. */
    public List<String> spoken() {
        return ids(charge -> charge.output() > 0);
    }

    private List<String> ids(Predicate<Charge> which) {
        return server.bill().stream()
                .filter(which)
                .map(charge -> asked.get(charge.request()).id())
                .toList();
    }

    /** Returns how many clients left before their answer was complete. */
    public int abandoned() {
        return server.cancelled().size();
    }

    /** Waits until so many clients were seen leaving; fails after 10 seconds. */
    public void awaitAbandoned(int count) {
        server.awaitCancelled(count);
    }

    /** Waits until nothing is being answered; fails after 10 seconds. */
    public void awaitIdle() {
        server.awaitIdle();
    }

    /**
     * Returns how many calls it served at the same time at most, when each took at least that long: calls that came
     * within that time were surely served together.
     */
    public int mostAtOnce(Duration each) {
        List<Instant> arrivals = arrivals();
        int most = 0;
        int first = 0;
        for (int i = 0; i < arrivals.size(); i++) {
            while (arrivals.get(first).plus(each).isBefore(arrivals.get(i))) {
                first++;
            }
            most = Math.max(most, i - first + 1);
        }
        return most;
    }

    @Override
    public void close() {
        server.close();
        if (nobody != null) {
            try {
                nobody.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
