package io.patchbay.relay.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
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

    /** Answers a lookup when it is let go, and counts. */
    private static final class HeldLookup implements GuardedResolver.Lookup {
        private final CountDownLatch go = new CountDownLatch(1);
        private final AtomicInteger lookups = new AtomicInteger();

        @Override
        public InetAddress[] of(String host) throws UnknownHostException {
            lookups.incrementAndGet();
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (host.startsWith("nowhere")) {
                throw new UnknownHostException(host);
            }
            return new InetAddress[] {InetAddress.getByName("192.0.2.1")};
        }
    }

    private static CompletableFuture<List<InetSocketAddress>> ask(GuardedResolver resolver, String host, int port) {
        CompletableFuture<List<InetSocketAddress>> found = new CompletableFuture<>();
        resolver.resolve(host, port, Map.of(), Promise.from(found));
        return found.orTimeout(20, TimeUnit.SECONDS);
    }

    @Test
    void whoeverAsksForANameThatIsBeingLookedUpSharesTheLookup() {
        HeldLookup lookup = new HeldLookup();
        GuardedResolver resolver = new GuardedResolver(lookup, address -> true, new Reasons(), threads);

        List<CompletableFuture<List<InetSocketAddress>>> all = IntStream.range(0, 5_000)
                .mapToObj(number -> ask(resolver, "x.example", 1 + number))
                .toList();
        lookup.go.countDown();

        for (int number = 0; number < all.size(); number++) {
            assertThat(all.get(number).join()).containsExactly(new InetSocketAddress("192.0.2.1", 1 + number));
        }
        assertThat(lookup.lookups).hasValue(1);
        assertThat(ask(resolver, "x.example", 80).join()).hasSize(1);
        assertThat(lookup.lookups).as("what was found is not kept").hasValue(2);
    }

    @Test
    void aNameThatNobodyAnswersForDoesNotHoldUpOthers() {
        HeldLookup lookup = new HeldLookup();
        GuardedResolver resolver = new GuardedResolver(
                host -> host.startsWith("nowhere") ? lookup.of(host) : InetAddress.getAllByName("192.0.2.2"),
                address -> true,
                new Reasons(),
                threads);

        List<CompletableFuture<List<InetSocketAddress>>> nowhere = IntStream.range(0, 100)
                .mapToObj(number -> ask(resolver, "nowhere.example", 80))
                .toList();

        assertThat(ask(resolver, "x.example", 80).join()).hasSize(1);
        lookup.go.countDown();
        List<Throwable> failures = nowhere.stream()
                .map(one -> catchThrowable(one::join).getCause())
                .toList();
        assertThat(failures).hasOnlyElementsOfType(UnknownHostException.class);
        // Clients note on a failure what else went wrong with their own call.
        assertThat(new HashSet<>(failures)).hasSize(failures.size());
    }

    @Test
    void moreNamesThanMayWaitAreRefusedAndOnlyThose() {
        HeldLookup lookup = new HeldLookup();
        GuardedResolver resolver = new GuardedResolver(lookup, address -> true, new Reasons(), threads);

        List<CompletableFuture<List<InetSocketAddress>>> all = IntStream.range(0, 1_032)
                .mapToObj(number -> ask(resolver, number + ".example", 80))
                .toList();
        assertThatThrownBy(() -> ask(resolver, "one-more.example", 80).join()).hasRootCauseMessage("busy");
        lookup.go.countDown();

        assertThat(all).allSatisfy(one -> assertThat(one.join()).hasSize(1));
        assertThat(ask(resolver, "one-more.example", 80).join()).hasSize(1);
    }

    @Test
    void whateverBreaksNobodyIsLeftWaiting() {
        HeldLookup lookup = new HeldLookup();
        GuardedResolver resolver = new GuardedResolver(
                host -> {
                    lookup.of(host);
                    throw new AssertionError("a reader that breaks");
                },
                address -> true,
                new Reasons(),
                threads);

        resolver.resolve("x.example", 80, Map.of(), new Promise<>() {
            @Override
            public void failed(Throwable cause) {
                throw new IllegalStateException("a client that breaks");
            }
        });
        CompletableFuture<List<InetSocketAddress>> second = ask(resolver, "x.example", 80);
        lookup.go.countDown();

        assertThatThrownBy(second::join).hasRootCauseInstanceOf(UnknownHostException.class);
    }
}
