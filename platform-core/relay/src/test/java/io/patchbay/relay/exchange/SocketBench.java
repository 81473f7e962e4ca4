package io.patchbay.relay.exchange;

import io.patchbay.foundation.config.RelayConfig;
import io.patchbay.relay.address.GuardedResolver;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Fault;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Next;
import io.patchbay.spi.Socket;
import io.patchbay.spi.SocketReader;
import io.patchbay.spi.Turn;
import io.patchbay.spi.http.Answer;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** What tests of sockets share: an upstream, the way to it, and somebody who wants to know what comes of it. */
final class SocketBench implements AutoCloseable {
    static final Timeouts PATIENCE = new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(10));

    final ScriptedUpstream upstream = ScriptedUpstream.start();
    final Redactor redactor = new Redactor();
    final UpstreamClient client;
    final Timers timers;
    Egress egress = Egress.DIRECT;
    Timeouts patience = PATIENCE;

    SocketBench() throws Exception {
        this(true, InetAddress::getAllByName, SslContextFactory.Client::new);
    }

    /**
     * Starts an upstream and a client.
     *
     * @param inside whether private addresses are asked
     * @param lookup finds addresses
     * @param tls says whose certificates are trusted
     */
    SocketBench(boolean inside, GuardedResolver.Lookup lookup, Supplier<SslContextFactory.Client> tls)
            throws Exception {
        RelayConfig config = new RelayConfig(
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                64,
                RelayConfig.UnmappedFields.REPORT,
                false,
                inside);
        client = new UpstreamClient(config, InstantSource.system(), lookup, tls);
        timers = new Timers(client.executor());
    }

    @Override
    public void close() {
        timers.close();
        client.close();
        upstream.close();
    }

    /** A flow on its way, and the serial it runs in. */
    record Running(FlowRunner<String> runner, Serial serial) {
        /** Gives it up, as the host does when a client leaves. */
        void abandon() {
            serial.execute(runner::abandon);
        }
    }

    Running begin(Flow<String> flow, Host host) {
        Serial serial = new Serial();
        host.serial = serial;
        FlowRunner<String> runner = new FlowRunner<>(
                new FlowRunner.Surroundings(client, timers, serial, InstantSource.system()),
                egress,
                patience,
                redactor,
                flow,
                host);
        serial.execute(runner::start);
        return new Running(runner, serial);
    }

    /** Runs a flow to its end. */
    Host run(Flow<String> flow) {
        Host host = new Host();
        begin(flow, host);
        host.end();
        return host;
    }

    /** Collects what a flow does. */
    static class Host implements FlowHost<String> {
        final List<String> events = new CopyOnWriteArrayList<>();
        final List<String> notes = new CopyOnWriteArrayList<>();
        Serial serial = new Serial();
        private final CompletableFuture<String> end = new CompletableFuture<>();

        @Override
        public void event(String event) {
            events.add(event);
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
            return !events.isEmpty();
        }

        @Override
        public void note(String key, String value) {
            notes.add(key + "=" + value);
        }

        @Override
        public void finished() {
            end.complete("finished");
        }

        @Override
        public void failed(Fault fault) {
            end.complete(fault + ": " + fault.message());
        }

        /** Waits for the end: {@code finished}, or the fault and its words. */
        String end() {
            return end.orTimeout(20, TimeUnit.SECONDS).join();
        }

        boolean ended() {
            return end.isDone();
        }
    }

    /** Asks one question, and tells everything that happens until a message says {@code last}. */
    static class Telling implements SocketReader {
        final Turn<String> turn;

        Telling(Turn<String> turn) {
            this.turn = turn;
        }

        @Override
        public Next opened(Socket socket) {
            socket.send("question");
            return Next.more();
        }

        @Override
        public Next on(Bytes data) {
            turn.emit(data.length() > 100 ? data.length() + " bytes" : data.utf8());
            return data.is("last") ? Next.done() : Next.more();
        }

        @Override
        public Next closed(int code, String reason) {
            turn.emit("closed " + code + " " + reason);
            return SocketReader.super.closed(code, reason);
        }

        @Override
        public Next refused(Answer answer) {
            turn.emit("refused " + answer.status() + " " + answer.header("x-trace") + " "
                    + (answer.body().length() > 100
                            ? answer.body().length() + " bytes"
                            : answer.body().utf8()));
            return SocketReader.super.refused(answer);
        }
    }
}
