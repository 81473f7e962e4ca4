package io.patchbay.relay.picture;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;

/**
 * Finds the addresses of a server and lets only allowed ones through. The client connects to exactly what is returned here
 * and asks anew for each connection, so that a name which leads elsewhere the next time gains nothing.
 */
final class GuardedResolver implements SocketAddressResolver {
    /** Turns a host's name, or its number as text, into addresses; blocks. */
    interface Lookup {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    private final Lookup lookup;
    private final Predicate<InetAddress> allowed;
    private final Executor executor;

    /**
     * Creates a resolver.
     *
     * @param executor runs the lookups, which block
     */
    GuardedResolver(Lookup lookup, Predicate<InetAddress> allowed, Executor executor) {
        this.lookup = lookup;
        this.allowed = allowed;
        this.executor = executor;
    }

    @Override
    public void resolve(String host, int port, Map<String, Object> context, Promise<List<InetSocketAddress>> promise) {
        try {
            executor.execute(() -> {
                List<InetSocketAddress> addresses = addresses(host, port);
                if (addresses.isEmpty()) {
                    promise.failed(PictureRefused.unreachable());
                } else {
                    promise.succeeded(addresses);
                }
            });
        } catch (RejectedExecutionException e) {
            promise.failed(PictureRefused.busy());
        }
    }

    private List<InetSocketAddress> addresses(String host, int port) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        try {
            return Stream.of(lookup.of(bare))
                    .filter(allowed)
                    .map(address -> new InetSocketAddress(address, port))
                    .toList();
        } catch (UnknownHostException | RuntimeException e) {
            return List.of();
        }
    }
}
