package io.patchbay.kernel;

import static io.patchbay.kernel.Workbench.install;
import static io.patchbay.kernel.Workbench.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.spi.ChannelType;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SwapUnderLoadTest {
    private static final int SWAPS = 50;
    private static final int THREADS = 16;

    @Test
    void fiftySwapsUnderLoadRefuseNoLeaseAndCallNothingThatHasStopped() throws InterruptedException {
        List<byte[]> versions = versions(true);
        try (Workbench bench = new Workbench();
                PluginKernel kernel = bench.start()) {
            install(kernel, JarForge.channelType("acme", "0.9.0").bundle());
            AtomicBoolean done = new AtomicBoolean();
            AtomicLong calls = new AtomicLong();
            ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                boolean longCalls = i % 4 == 0;
                threads.add(Thread.ofPlatform().start(() -> call(kernel, longCalls, done, calls, faults)));
            }

            for (byte[] version : versions) {
                Installed installed = install(kernel, version);
                assertThat(installed.plugin().observed()).isEqualTo(ObservedState.ACTIVE);
            }

            done.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(faults).isEmpty();
            assertThat(calls.get()).isGreaterThan(SWAPS * THREADS);
            await().untilAsserted(
                            () -> assertThat(status(kernel, "acme").draining()).isEmpty());
            assertThat(status(kernel, "acme").leases()).isZero();
        }
    }

    /** Takes leases and uses them; long calls hold several at a time, over swaps. */
    private static void call(
            PluginKernel kernel,
            boolean longCalls,
            AtomicBoolean done,
            AtomicLong calls,
            ConcurrentLinkedQueue<String> faults) {
        Deque<Lease<ChannelType>> held = new ArrayDeque<>();
        while (!done.get()) {
            Lease<ChannelType> lease = kernel.channelTypes().lease("acme").orElse(null);
            if (lease == null) {
                faults.add("no lease");
                continue;
            }
            held.add(lease);
            for (Lease<ChannelType> one : held) {
                String fault = Guarded.run(() -> {
                    String said = one.service().toString();
                    if (!said.equals(one.pluginVersion())) {
                        throw new IllegalStateException(said + " instead of " + one.pluginVersion());
                    }
                });
                if (fault != null) {
                    faults.add(fault);
                }
            }
            calls.incrementAndGet();
            while (held.size() > (longCalls ? 50 : 0)) {
                held.remove().close();
            }
            if (longCalls) {
                Thread.yield();
            }
        }
        held.forEach(Lease::close);
    }

    @Test
    void newCallsReachTheNewVersionWithinMilliseconds() throws InterruptedException {
        try (Workbench bench = new Workbench();
                PluginKernel kernel = bench.start()) {
            install(kernel, JarForge.channelType("acme", "0.9.0").bundle());
            AtomicLong seenAt = new AtomicLong();
            Thread caller = Thread.ofPlatform().start(() -> {
                while (seenAt.get() == 0) {
                    if ("1.0.0".equals(Workbench.ask(kernel, "acme"))) {
                        seenAt.set(System.nanoTime());
                    }
                }
            });

            install(kernel, JarForge.channelType("acme", "1.0.0").bundle());
            long flipped = System.nanoTime();
            caller.join();

            assertThat(Duration.ofNanos(Math.max(0, seenAt.get() - flipped))).isLessThan(Duration.ofMillis(200));
        }
    }

    @Test
    void theClassesOfFiftyReplacedComponentsAreCollected() {
        collected(true);
    }

    @Test
    void theClassesOfFiftyReplacedPlainPluginsAreCollected() {
        collected(false);
    }

    private static void collected(boolean bundle) {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        try (Workbench bench = new Workbench();
                PluginKernel kernel = bench.start()) {
            for (byte[] version : versions(bundle)) {
                install(kernel, version);
                try (Lease<ChannelType> call =
                        kernel.channelTypes().lease("acme").orElseThrow()) {
                    loaders.add(new WeakReference<>(call.service().getClass().getClassLoader()));
                    assertThat(call.service().toString()).isNotEmpty();
                }
            }
            // Refused and failed generations must not stay either.
            Workbench.refusal(
                    kernel,
                    JarForge.plugin("bad", "1.0.0")
                            .source("acme.Broken", SwapTest.REFUSING_CONSTRUCTOR)
                            .bundle());
            kernel.remove("acme").join();

            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                System.gc();
                assertThat(loaders).hasSize(SWAPS).allMatch(loader -> loader.refersTo(null));
            });
        }
    }

    @Test
    void theConsoleSeesStoppedGenerationsUntilTheyAreCollected() {
        try (Workbench bench = new Workbench();
                PluginKernel kernel = bench.start()) {
            install(kernel, JarForge.channelType("acme", "1.0.0").bundle());
            Object pinned = pinned(kernel);
            install(kernel, JarForge.channelType("acme", "2.0.0").bundle());

            await().untilAsserted(() -> assertThat(status(kernel, "acme").uncollected())
                    .extracting(PluginStatus.Uncollected::version)
                    .containsExactly("1.0.0"));
            System.gc();
            assertThat(status(kernel, "acme").uncollected()).hasSize(1);
            assertThat(pinned).isNotNull();
            pinned = null;
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                System.gc();
                assertThat(status(kernel, "acme").uncollected()).isEmpty();
            });
        }
    }

    private static Object pinned(PluginKernel kernel) {
        try (Lease<ChannelType> call = kernel.channelTypes().lease("acme").orElseThrow()) {
            return call.service();
        }
    }

    private static List<byte[]> versions(boolean bundle) {
        List<byte[]> versions = new ArrayList<>();
        for (int i = 0; i < SWAPS; i++) {
            JarForge forge = JarForge.channelType("acme", "1." + i + ".0");
            versions.add(bundle ? forge.bundle() : forge.listed().plain());
        }
        return versions;
    }
}
