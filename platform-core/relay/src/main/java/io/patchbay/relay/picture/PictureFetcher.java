package io.patchbay.relay.picture;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.patchbay.foundation.bounds.HeapShare;
import io.patchbay.relay.address.ClosedAddresses;
import io.patchbay.relay.address.GuardedResolver;
import io.patchbay.relay.address.OwnViews;
import io.patchbay.relay.address.PublicAddresses;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Fetches pictures from addresses that strangers have chosen. Only servers of the public Internet are asked (unless the
 * operator allows others), on the ports of the web, without credentials, cookies or proxies; redirects are followed by hand
 * and each is checked like the first address. What comes is bounded in size and time and must begin like a picture,
 * whatever the server calls it; nothing is decompressed.
 *
 * <p>Safe for many threads; nothing blocks the caller. Threads and sockets exist from the first fetch on.
 */
public final class PictureFetcher implements AutoCloseable {
    private static final int FETCHES = 1_000;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Pattern MAX_AGE = Pattern.compile("max-age=\"?(\\d{1,9})");
    private static final Duration CACHED = Duration.ofMinutes(5);
    private static final long CACHE_BYTES = HeapShare.bytes(64L * 1024 * 1024, 16);

    private record Cached(Picture picture, Duration time) {}

    private final PictureLimits limits;
    private final PictureAddress addresses;
    private final Semaphore fetches = new Semaphore(FETCHES);
    private final ThreadPoolExecutor lookups;
    private final GuardedResolver resolver;
    private @Nullable HttpClient started;
    private boolean closed;

    /** The pictures of a conversation are sent again with each of its turns. */
    private final Cache<URI, Cached> cache = Caffeine.newBuilder()
            .maximumWeight(CACHE_BYTES)
            .weigher((URI address, Cached cached) -> cached.picture().base64().length())
            .expireAfter(Expiry.writing((URI address, Cached cached) -> cached.time()))
            .build();

    /**
     * Creates a fetcher.
     *
     * @param anyPort whether ports beside 80 and 443 are asked
     * @param allowed which addresses are connected to
     */
    PictureFetcher(
            PictureLimits limits, boolean anyPort, Predicate<InetAddress> allowed, GuardedResolver.Lookup lookup) {
        this.limits = limits;
        this.addresses = new PictureAddress(anyPort);
        this.lookups = GuardedResolver.threads("picture-lookup-");
        this.resolver = new GuardedResolver(lookup, allowed, new PictureRefused.Reasons(), lookups);
    }

    /**
     * Returns a fetcher with the usual bounds.
     *
     * @param fetchPrivate whether addresses of this network and any port are asked too; those of {@link ClosedAddresses}
     *     are not even then
     */
    public static PictureFetcher open(boolean fetchPrivate) {
        return new PictureFetcher(
                PictureLimits.usual(),
                fetchPrivate,
                fetchPrivate ? PictureFetcher::isOrdinary : PublicAddresses::contain,
                InetAddress::getAllByName);
    }

    private static boolean isOrdinary(InetAddress address) {
        return !ClosedAddresses.contain(address) && !address.isMulticastAddress() && !address.isAnyLocalAddress();
    }

    static String tooLarge(long limit) {
        return "it has more than " + limit / 1024 / 1024 + " MiB";
    }

    PictureLimits limits() {
        return limits;
    }

    /**
     * Fetches a picture.
     *
     * @param deadline when to give up, by {@link System#nanoTime()}
     * @param memory what the bytes are taken from as they come
     * @return fails with {@link PictureRefused} only
     */
    CompletableFuture<Picture> fetch(String url, long deadline, PictureMemory memory) {
        CompletableFuture<Picture> result = new CompletableFuture<>();
        try {
            URI address = addresses.read(url, null);
            Cached cached = cache.getIfPresent(address);
            if (cached != null) {
                memory.take(cached.picture().length());
                result.complete(cached.picture());
            } else if (!fetches.tryAcquire()) {
                throw PictureRefused.busy();
            } else {
                result.whenComplete((picture, failure) -> fetches.release());
                new Fetch(address, deadline, memory, result).hop(address, 0);
            }
        } catch (RuntimeException e) {
            result.completeExceptionally(refused(e));
        }
        return result;
    }

    private static PictureRefused refused(RuntimeException cause) {
        return cause instanceof PictureRefused refused ? refused : PictureRefused.unreachable();
    }

    private synchronized HttpClient client() {
        if (closed) {
            throw PictureRefused.busy();
        }
        HttpClient running = started;
        if (running == null) {
            running = open(resolver);
            started = running;
        }
        return running;
    }

    private static HttpClient open(GuardedResolver resolver) {
        QueuedThreadPool threads = new QueuedThreadPool(16, 2);
        threads.setName("pictures");
        threads.setDaemon(true);
        HttpClient client = new HttpClient(new HttpClientTransportOverHTTP(1));
        client.setByteBufferPool(new OwnViews());
        client.setName("pictures");
        client.setExecutor(threads);
        client.setSocketAddressResolver(resolver);
        client.setFollowRedirects(false);
        client.setConnectTimeout(5_000);
        client.setIdleTimeout(30_000);
        client.setDestinationIdleTimeout(30_000);
        client.setMaxConnectionsPerDestination(16);
        client.setUserAgentField(new HttpField(HttpHeader.USER_AGENT, "Patchbay"));
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setUseInputDirectByteBuffers(false);
        try {
            client.start();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP client for pictures could not start", e);
        }
        // A small answer must not become a large one here.
        client.getContentDecoderFactories().clear();
        return client;
    }

    @Override
    public synchronized void close() {
        closed = true;
        lookups.shutdownNow();
        HttpClient running = started;
        if (running != null) {
            try {
                running.stop();
            } catch (Exception e) {
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                LoggerFactory.getLogger(PictureFetcher.class).warn("the HTTP client did not stop cleanly", e);
            }
        }
    }

    /** One picture on its way. */
    private final class Fetch {
        private final URI asked;
        private final long deadline;
        private final PictureMemory memory;
        private final CompletableFuture<Picture> result;

        Fetch(URI asked, long deadline, PictureMemory memory, CompletableFuture<Picture> result) {
            this.asked = asked;
            this.deadline = deadline;
            this.memory = memory;
            this.result = result;
        }

        void hop(URI address, int redirects) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw tooSlow();
            }
            Request request = client().newRequest(address).timeout(left, TimeUnit.MILLISECONDS);
            request.headers(
                    headers -> headers.put(HttpHeader.ACCEPT, "image/*").put(HttpHeader.ACCEPT_ENCODING, "identity"));
            AtomicBoolean moved = new AtomicBoolean();
            request.onResponseContentSource((response, content) -> {
                try {
                    URI next = redirect(response, address, redirects);
                    if (next == null) {
                        read(response, content);
                    } else {
                        // Whatever else the answer holds is not worth reading.
                        moved.set(true);
                        request.abort(new PictureRefused("it is somewhere else"));
                        hop(next, redirects + 1);
                    }
                } catch (RuntimeException e) {
                    result.completeExceptionally(refused(e));
                    content.fail(e);
                }
            });
            request.send(done -> {
                if (done.isFailed() && !moved.get()) {
                    result.completeExceptionally(reason(done.getFailure()));
                }
            });
        }

        private @Nullable URI redirect(Response response, URI address, int redirects) {
            if (!REDIRECTS.contains(response.getStatus())) {
                return null;
            }
            if (redirects == limits.redirects()) {
                throw new PictureRefused("its server redirects more than " + limits.redirects() + " times");
            }
            String location = response.getHeaders().get(HttpHeader.LOCATION);
            return addresses.read(location == null ? "" : location, address);
        }

        private void read(Response response, Content.Source content) {
            if (response.getStatus() != 200) {
                throw new PictureRefused("its server answered with status " + response.getStatus());
            }
            if (response.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH) > limits.each()) {
                throw new PictureRefused(tooLarge(limits.each()));
            }
            Duration time = cacheTime(response.getHeaders().get(HttpHeader.CACHE_CONTROL));
            result.thenAccept(picture -> {
                if (time.isPositive()) {
                    cache.put(asked, new Cached(picture, time));
                }
            });
            new PictureBody(content, limits.each(), memory, result).read();
        }

        private PictureRefused tooSlow() {
            return new PictureRefused("it did not come within " + limits.time().toSeconds() + " s");
        }

        private PictureRefused reason(@Nullable Throwable failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof PictureRefused refused) {
                    return refused;
                }
                if (cause instanceof TimeoutException) {
                    return tooSlow();
                }
            }
            return PictureRefused.unreachable();
        }
    }

    /** Returns how long an answer may be kept, at most five minutes. */
    private static Duration cacheTime(@Nullable String control) {
        if (control == null) {
            return CACHED;
        }
        String lower = control.toLowerCase(Locale.ROOT);
        if (lower.contains("no-store") || lower.contains("no-cache") || lower.contains("private")) {
            return Duration.ZERO;
        }
        Matcher age = MAX_AGE.matcher(lower);
        Duration said = age.find() ? Duration.ofSeconds(Long.parseLong(age.group(1))) : CACHED;
        return said.compareTo(CACHED) < 0 ? said : CACHED;
    }
}
