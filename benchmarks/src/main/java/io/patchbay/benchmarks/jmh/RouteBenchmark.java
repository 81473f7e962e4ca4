package io.patchbay.benchmarks.jmh;

import io.patchbay.foundation.config.SecurityConfig;
import io.patchbay.foundation.crypto.Encryption;
import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.state.Bus;
import io.patchbay.foundation.state.SharedState;
import io.patchbay.relay.Relay;
import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.channel.ChannelCodec;
import io.patchbay.relay.channel.Channels;
import io.patchbay.relay.channel.ModelMapping;
import io.patchbay.relay.exchange.ProxySetting;
import io.patchbay.relay.routing.CallThread;
import io.patchbay.relay.routing.Choice;
import io.patchbay.relay.routing.Route;
import io.patchbay.relay.routing.Routing;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The way of one call through the routing: opened, a channel and a key chosen, answered, left. All channels are well, of
 * one priority, with two keys, and drawn by weight.
 */
public class RouteBenchmark extends Timed {
    private static final String MODEL = "gpt-5.4-mini";
    private static final CallThread KNOWN = new CallThread(List.of("conversation-1"), "conversation-1");

    @Param({"1", "10", "200"})
    public int channels;

    private ScratchDatabase scratch;
    private Channels site;
    private Routing routing;

    /** Stores the channels in a database and opens the routing as the server does. */
    @Setup
    public void open() throws IOException {
        InstantSource clock = InstantSource.system();
        scratch = ScratchDatabase.open(Relay.mappers());
        Database database = scratch.database();
        Encryption encryption = new Encryption(new SecurityConfig(new byte[32], null), "channels");
        Bus bus = SharedState.inProcess(clock).bus();
        site = new Channels(database, new ChannelCodec(encryption), bus, clock);
        for (int number = 1; number <= channels; number++) {
            site.create(channel(number));
        }
        routing = Routing.open(
                database,
                bus,
                site,
                encryption,
                () -> ThreadLocalRandom.current().nextLong(),
                clock);
        long first = pass(KNOWN);
        if (site.offering(MODEL).size() != channels || pass(KNOWN) != first) {
            throw new IllegalStateException("the routes are not what they should be");
        }
    }

    /** Closes all. */
    @TearDown
    public void close() throws IOException {
        routing.close();
        site.close();
        scratch.close();
    }

    /** A call that no other went before: drawn among all channels. */
    @Benchmark
    public long drawn() {
        return pass(CallThread.NONE);
    }

    /** A call that goes on with a conversation: where that was answered before. */
    @Benchmark
    public long kept() {
        return pass(KNOWN);
    }

    private long pass(CallThread thread) {
        Route route = routing.router().route(MODEL, null, thread);
        Choice choice = route.first().orElseThrow();
        choice.permit().answered();
        route.answered(choice);
        choice.permit().close();
        return choice.channel().id();
    }

    private static Channel channel(int number) {
        return new Channel(
                number,
                "channel " + number,
                "openai",
                0,
                1 + number % 5,
                List.of(MODEL, "gpt-5.4", "gpt-4o"),
                1,
                List.of("sk-first-" + number, "sk-second-" + number),
                "https://upstream-" + number + ".example",
                ModelMapping.read(""),
                true,
                Set.of(),
                ProxySetting.NONE,
                Map.of());
    }
}
