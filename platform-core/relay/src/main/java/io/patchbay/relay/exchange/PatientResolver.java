package io.patchbay.relay.exchange;

import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a resolver only so long: looking a name up blocks and cannot be cut.
 *
 * @param scheduler notices that time is up
 * @param executor runs what comes of it
 */
record PatientResolver(SocketAddressResolver resolver, Duration patience, Scheduler scheduler, Executor executor)
        implements SocketAddressResolver {
    @Override
    public void resolve(String host, int port, Map<String, Object> context, Promise<List<InetSocketAddress>> promise) {
        Once once = new Once(promise);
        once.limit = scheduler.schedule(
                () -> executor.execute(() -> once.failed(new SocketTimeoutException("the name was not found in time"))),
                patience.toMillis(),
                TimeUnit.MILLISECONDS);
        resolver.resolve(host, port, context, once);
    }

    /** Passes on what comes first. */
    private static final class Once implements Promise<List<InetSocketAddress>> {
        private final Promise<List<InetSocketAddress>> promise;
        private final AtomicBoolean told = new AtomicBoolean();
        private volatile Scheduler.@Nullable Task limit;

        Once(Promise<List<InetSocketAddress>> promise) {
            this.promise = promise;
        }

        @Override
        public void succeeded(List<InetSocketAddress> addresses) {
            if (first()) {
                promise.succeeded(addresses);
            }
        }

        @Override
        public void failed(Throwable cause) {
            if (first()) {
                promise.failed(cause);
            }
        }

        private boolean first() {
            boolean first = told.compareAndSet(false, true);
            Scheduler.Task waiting = limit;
            if (first && waiting != null) {
                waiting.cancel();
            }
            return first;
        }
    }
}
