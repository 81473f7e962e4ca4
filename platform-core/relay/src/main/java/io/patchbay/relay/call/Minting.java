package io.patchbay.relay.call;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.patchbay.relay.channel.BoundChannel;
import io.patchbay.relay.exchange.FlowHost;
import io.patchbay.relay.exchange.FlowRunner;
import io.patchbay.relay.exchange.Redactor;
import io.patchbay.relay.exchange.Serial;
import io.patchbay.relay.exchange.Timeouts;
import io.patchbay.relay.exchange.Timers;
import io.patchbay.relay.exchange.UpstreamClient;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Minted;
import io.patchbay.spi.Next;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Keeps short-lived credentials: one mint at a time per channel and key line, however many calls wait for it; a failed
 * one is remembered for a few seconds, so that a dead key does not cause a storm.
 */
public final class Minting {
    private static final Duration FAILURE_KEPT = Duration.ofSeconds(5);
    private static final Timeouts PATIENCE = new Timeouts(Duration.ofSeconds(30), Duration.ofSeconds(30));

    /** What came of a mint: values or a fault. */
    public record Result(@Nullable Minted minted, @Nullable Fault fault, Instant at) {}

    private record Key(long channel, String type, String line) {}

    private final UpstreamClient client;
    private final Timers timers;
    private final InstantSource clock;
    private final Cache<Key, CompletableFuture<Result>> cache =
            Caffeine.newBuilder().maximumSize(10_000).build();

    /** Creates an empty store. */
    public Minting(UpstreamClient client, Timers timers, InstantSource clock) {
        this.client = client;
        this.timers = timers;
        this.clock = clock;
    }

    /**
     * Returns the credentials of a channel and key line, minted now if need be.
     *
     * @param flow makes the minting flow; called at most once
     */
    public CompletableFuture<Result> get(BoundChannel channel, String type, String line, Flow<Minted> flow) {
        Key key = new Key(channel.id(), type, line);
        CompletableFuture<Result> mine = new CompletableFuture<>();
        CompletableFuture<Result> current = cache.asMap()
                .compute(
                        key,
                        (ignored, before) ->
                                before != null && (!before.isDone() || usable(before.join())) ? before : mine);
        if (isSame(current, mine)) {
            run(channel, flow, mine);
        }
        return current;
    }

    /** Forgets exactly these credentials, unless newer ones took their place already. */
    public void stale(BoundChannel channel, String type, String line, Minted used) {
        cache.asMap()
                .computeIfPresent(
                        new Key(channel.id(), type, line),
                        (ignored, held) -> held.isDone() && isSame(held.join().minted(), used) ? null : held);
    }

    /** Identity is what matters here: whose mint runs, and which very token was used. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(@Nullable Object one, @Nullable Object other) {
        return one == other;
    }

    private boolean usable(Result result) {
        Instant now = clock.instant();
        if (result.minted() != null) {
            return now.isBefore(result.minted().renewAt())
                    && now.isBefore(result.minted().expires());
        }
        return now.isBefore(result.at().plus(FAILURE_KEPT));
    }

    private void run(BoundChannel channel, Flow<Minted> flow, CompletableFuture<Result> result) {
        Serial serial = new Serial();
        Redactor redactor = new Redactor();
        channel.hideIn(redactor);
        Host host = new Host(result);
        FlowRunner<Minted> runner = new FlowRunner<>(
                new FlowRunner.Surroundings(client, timers, serial, clock),
                channel.egress(),
                PATIENCE,
                redactor,
                flow,
                host);
        serial.execute(runner::start);
    }

    private final class Host implements FlowHost<Minted> {
        private final CompletableFuture<Result> result;
        private @Nullable Minted minted;

        Host(CompletableFuture<Result> result) {
            this.result = result;
        }

        @Override
        public void event(Minted event) {
            minted = event;
        }

        @Override
        public @Nullable Speaking speak(Next.Speak action, boolean framed) {
            return null;
        }

        @Override
        public void rest(Runnable resume) {
            resume.run();
        }

        @Override
        public boolean contentSeen() {
            return false;
        }

        @Override
        public void note(String key, String value) {}

        @Override
        public void finished() {
            if (minted == null) {
                failed(Fault.of(FaultKind.PLUGIN, "the plugin ended its minting without a credential"));
            } else {
                result.complete(new Result(minted, null, clock.instant()));
            }
        }

        @Override
        public void failed(Fault fault) {
            result.complete(new Result(null, fault, clock.instant()));
        }
    }
}
