package io.patchbay.relay.address;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the addresses of a server and lets only allowed ones through. The client connects to exactly what is returned
 * here and asks anew for each connection, so that a name which leads elsewhere the next time gains nothing. Those who ask
 * for a name that is just being looked up share that lookup: a thousand new connections to one server are one question,
 * and a name that nobody answers for holds one thread. How many share one is bounded by the calls the server lets in.
 */
public final class GuardedResolver implements SocketAddressResolver {
    private static final Logger log = LoggerFactory.getLogger(GuardedResolver.class);
    private static final int THREADS = 32;
    private static final int WAITING = 1_000;

    /** Turns a host's name, or its number as text, into addresses; blocks. */
    public interface Lookup {
        /** Returns at least one address. */
        InetAddress[] of(String host) throws UnknownHostException;
    }

    /** Says what a connection fails with that must not, or cannot, be made. */
    public interface Refusal {
        /** The name leads nowhere. */
        Throwable unknown(UnknownHostException cause);

        /** None of the addresses, of which there is at least one, is allowed. */
        Throwable forbidden(List<InetAddress> addresses);

        /** Too many lookups wait. */
        Throwable busy();
    }

    private final Lookup lookup;
    private final Predicate<InetAddress> allowed;
    private final Refusal refusal;
    private final Executor executor;

    /** Who waits for which name; guarded by itself. */
    private final Map<String, List<Asker>> asking = new HashMap<>();

    private record Asker(int port, Promise<List<InetSocketAddress>> promise) {
        void told(Outcome outcome) {
            try {
                Supplier<Throwable> failure = outcome.failure;
                if (failure == null) {
                    promise.succeeded(outcome.addresses.stream()
                            .map(address -> new InetSocketAddress(address, port))
                            .toList());
                } else {
                    promise.failed(failure.get());
                }
            } catch (RuntimeException e) {
                // Others wait for the same.
                log.error("what follows a lookup failed unexpectedly", e);
            }
        }
    }

    /**
     * What came of a lookup.
     *
     * @param addresses all of them allowed
     * @param failure makes one, since clients note on it what else went wrong with their own call; null when there is none
     */
    private record Outcome(
            List<InetAddress> addresses, @Nullable Supplier<Throwable> failure) {
        static Outcome failed(Supplier<Throwable> failure) {
            return new Outcome(List.of(), failure);
        }
    }

    /**
     * Creates a resolver.
     *
     * @param executor runs the lookups, which block; may refuse work
     */
    public GuardedResolver(Lookup lookup, Predicate<InetAddress> allowed, Refusal refusal, Executor executor) {
        this.lookup = lookup;
        this.allowed = allowed;
        this.refusal = refusal;
        this.executor = executor;
    }

    /**
     * Returns threads for lookups: at most 32, with at most 1,000 waiting; what is more is refused. Idle ones end.
     *
     * @param name what their names begin with
     */
    public static ThreadPoolExecutor threads(String name) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(WAITING),
                Thread.ofPlatform().daemon().name(name, 0).factory());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    @Override
    public void resolve(String host, int port, Map<String, Object> context, Promise<List<InetSocketAddress>> promise) {
        if (joined(host, new Asker(port, promise))) {
            return;
        }
        try {
            executor.execute(() -> lookUp(host));
        } catch (RejectedExecutionException e) {
            tell(host, Outcome.failed(refusal::busy));
        }
    }

    /** Returns whether somebody else is asking for the same; else the asker is the first. */
    private boolean joined(String host, Asker asker) {
        synchronized (asking) {
            List<Asker> others = asking.get(host);
            if (others == null) {
                asking.put(host, new ArrayList<>(List.of(asker)));
                return false;
            }
            others.add(asker);
            return true;
        }
    }

    private void tell(String host, Outcome outcome) {
        List<Asker> askers;
        synchronized (asking) {
            askers = asking.remove(host);
        }
        if (askers != null) {
            askers.forEach(asker -> asker.told(outcome));
        }
    }

    private void lookUp(String host) {
        Outcome outcome = unreadable();
        try {
            outcome = found(host);
        } finally {
            // Whatever was thrown, nobody is left waiting.
            tell(host, outcome);
        }
    }

    private Outcome found(String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        List<InetAddress> found;
        try {
            found = List.of(lookup.of(bare));
        } catch (UnknownHostException e) {
            return Outcome.failed(() -> refusal.unknown(new UnknownHostException(e.getMessage())));
        } catch (RuntimeException e) {
            return unreadable();
        }
        List<InetAddress> usable = found.stream().filter(allowed).toList();
        return usable.isEmpty() ? Outcome.failed(() -> refusal.forbidden(found)) : new Outcome(usable, null);
    }

    private Outcome unreadable() {
        return Outcome.failed(() -> refusal.unknown(new UnknownHostException("the name cannot be read")));
    }
}
