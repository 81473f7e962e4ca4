package io.patchbay.relay.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.Promise;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GuardedResolverTest {
    private final ThreadPoolExecutor threads = GuardedResolver.threads("test-lookup-");

    /** Tells the reasons apart by their type. */
    private static final class Reasons implements GuardedResolver.Refusal {
        @Override
        public Throwable unknown(UnknownHostException cause) {
            return cause;
        }

        @Override
        public Throwable forbidden(List<InetAddress> addresses) {
            return new IllegalArgumentException("forbidden " + addresses.size());
        }

        @Override
        public Throwable busy() {
            return new RejectedExecutionException("busy");
        }
    }

    private List<InetSocketAddress> resolve(GuardedResolver.Lookup lookup, String host) {
        GuardedResolver resolver =
                new GuardedResolver(lookup, address -> !address.isLoopbackAddress(), new Reasons(), threads);
        CompletableFuture<List<InetSocketAddress>> found = new CompletableFuture<>();
        resolver.resolve(host, 80, Map.of(), Promise.from(found));
        return found.orTimeout(20, TimeUnit.SECONDS).join();
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void onlyAllowedAddressesComeThrough() throws UnknownHostException {
        InetAddress good = InetAddress.getByName("192.0.2.1");
        InetAddress bad = InetAddress.getByName("127.0.0.1");
        assertThat(resolve(host -> new InetAddress[] {bad, good}, "x.example"))
                .containsExactly(new InetSocketAddress(good, 80));
        assertThatThrownBy(() -> resolve(host -> new InetAddress[] {bad, bad}, "x.example"))
                .hasRootCauseMessage("forbidden 2");
    }

    @Test
    void bracketsAreNoPartOfANumber() throws UnknownHostException {
        assertThat(resolve(InetAddress::getAllByName, "[2001:db8::1]"))
                .containsExactly(new InetSocketAddress(InetAddress.getByName("2001:db8::1"), 80));
    }

    @Test
    void namesThatLeadNowhereAreToldApart() {
        assertThatThrownBy(() -> resolve(
                        host -> {
                            throw new UnknownHostException("none");
                        },
                        "x.example"))
                .hasRootCauseInstanceOf(UnknownHostException.class);
        assertThatThrownBy(() -> resolve(
                        host -> {
                            throw new IllegalStateException("a reader that breaks");
                        },
                        "x.example"))
                .hasRootCauseInstanceOf(UnknownHostException.class);
    }

    @Test
    void lookupsThatHangAreBounded() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch hanging = new CountDownLatch(32);
        try {
            for (int i = 0; i < 1_032; i++) {
                threads.execute(() -> {
                    hanging.countDown();
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
            }
            assertThat(hanging.await(20, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(() -> resolve(InetAddress::getAllByName, "127.0.0.1"))
                    .hasRootCauseMessage("busy");
        } finally {
            go.countDown();
        }
    }
}
