package io.patchbay.relay.address;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;

/**
 * Finds the addresses of a server and lets only allowed ones through. The client connects to exactly what is returned
 * here and asks anew for each connection, so that a name which leads elsewhere the next time gains nothing.
 */
public final class GuardedResolver implements SocketAddressResolver {
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
        try {
            executor.execute(() -> resolve(host, port, promise));
        } catch (RejectedExecutionException e) {
            promise.failed(refusal.busy());
        }
    }

    private void resolve(String host, int port, Promise<List<InetSocketAddress>> promise) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        List<InetAddress> found;
        try {
            found = List.of(lookup.of(bare));
        } catch (UnknownHostException e) {
            promise.failed(refusal.unknown(e));
            return;
        } catch (RuntimeException e) {
            promise.failed(refusal.unknown(new UnknownHostException("the name cannot be read")));
            return;
        }
        List<InetSocketAddress> addresses = found.stream()
                .filter(allowed)
                .map(address -> new InetSocketAddress(address, port))
                .toList();
        if (addresses.isEmpty()) {
            promise.failed(refusal.forbidden(found));
        } else {
            promise.succeeded(addresses);
        }
    }
}
