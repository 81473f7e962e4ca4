package io.patchbay.relay.exchange;

import io.patchbay.relay.address.AddressRefused;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Memo;
import io.patchbay.spi.Next;
import io.patchbay.spi.Turn;
import io.patchbay.spi.http.HttpRequest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Performs what one flow asks for. All its methods run inside the call's {@link Serial}, so that the plugin is entered
 * by one thread at a time; what the plugin throws ends the flow with a {@link FaultKind#PLUGIN} fault that keeps the
 * cause as text, because a kept throwable would pin the plugin's class loader.
 *
 * @param <E> the events of the flow
 */
public final class FlowRunner<E> implements Turn<E> {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int MAX_NOTE = 200;
    private static final int READ_NOTE = 10 * MAX_NOTE;
    private static final Duration DRAIN_TIME = Duration.ofSeconds(2);

    /** What a runner needs from its surroundings. */
    public record Surroundings(UpstreamClient client, Timers timers, Serial serial, InstantSource clock) {}

    private final Surroundings around;
    private final Egress egress;
    private final NetworkFaults network;
    private final Redactor redactor;
    private final FlowHost<E> host;
    private final ClassLoader loader;
    private final SilenceWatch silence;
    private @Nullable Flow<E> flow;
    private @Nullable OpenExchange exchange;
    private @Nullable HttpRequest asked;
    private @Nullable HttpRequest farewell;
    private @Nullable Future<?> pause;
    private Instant now;
    private boolean over;

    /** Creates a runner for one flow; {@link #start()} begins it. */
    public FlowRunner(
            Surroundings around, Egress egress, Timeouts timeouts, Redactor redactor, Flow<E> flow, FlowHost<E> host) {
        this.around = around;
        this.egress = egress;
        this.network = NetworkFaults.of(egress.proxy());
        this.redactor = redactor;
        this.flow = flow;
        this.host = host;
        this.loader = flow.getClass().getClassLoader();
        this.now = around.clock().instant();
        this.silence = new SilenceWatch(around, timeouts, () -> exchange != null, host::contentSeen, this::silent);
    }

    /** Begins the flow. */
    public void start() {
        Flow<E> begun = flow;
        // The flow object itself is not needed again: continuations carry what they need.
        flow = null;
        if (begun != null && !over) {
            step(() -> begun.begin(this));
        }
    }

    /** Cuts the exchange and drops the flow; sends the farewell if one was declared. Nothing of the host is called. */
    public void abandon() {
        if (!over) {
            close();
            HttpRequest last = farewell;
            farewell = null;
            if (last != null) {
                try {
                    Farewell.send(last, around, egress, redactor);
                } catch (RuntimeException e) {
                    host.note("farewell", "could not be sent: " + e.getClass().getSimpleName());
                }
            }
        }
    }

    // ---- what the plugin may call ----

    @Override
    public void emit(E event) {
        if (!over) {
            host.event(event);
        }
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public byte[] random(int count) {
        if (count < 1 || count > 1024) {
            throw new IllegalArgumentException("1 to 1,024 random bytes, found " + count);
        }
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    @Override
    public void note(String key, String value) {
        // Cut twice: what was cut in the middle of a secret is too far behind to be seen.
        String begin = value.length() <= READ_NOTE ? value : value.substring(0, READ_NOTE);
        host.note(cut(key), cut(redactor.clean(begin)));
    }

    @Override
    public void dropped(Collection<String> fields) {
        if (!over && !fields.isEmpty()) {
            host.dropped(fields);
        }
    }

    @Override
    public void remember(Memo memo, String value, Duration keep) {
        if (!over && value.length() <= Memo.MOST) {
            host.remember(memo, value, keep);
        }
    }

    @Override
    public void farewell(@Nullable HttpRequest last) {
        farewell = last;
    }

    private static String cut(String text) {
        return text.length() <= MAX_NOTE ? text : text.substring(0, MAX_NOTE);
    }

    // ---- steps ----

    /** Enters the plugin and performs what it returns. */
    void step(Supplier<@Nullable Next> work) {
        if (!over) {
            Next next = enter(work);
            if (next != null && !over) {
                perform(next);
            }
        }
    }

    /** Enters the plugin; returns {@code null} after the flow has failed for breaking a rule. */
    @Nullable
    Next enter(Supplier<@Nullable Next> work) {
        now = around.clock().instant();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            Next next = work.get();
            if (next == null) {
                broke("returned no action");
            }
            return next;
        } catch (Exception | LinkageError | StackOverflowError e) {
            broke("failed with " + e.getClass().getSimpleName()
                    + (e.getMessage() == null ? "" : ": " + e.getMessage()));
            return null;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    void broke(String how) {
        fail(Fault.of(FaultKind.PLUGIN, "the plugin " + how));
    }

    void perform(Next next) {
        Fault refusal = next instanceof Next.Fail ? null : host.refusal();
        if (refusal != null) {
            fail(refusal);
            return;
        }
        leaveExchange(next instanceof Next.Done);
        switch (next) {
            case Next.Ask ask -> send(ask.request(), new WholeBody<>(this, ask.request(), ask.limit(), ask.then()));
            case Next.Stream stream -> send(stream.request(), new FramedBody<>(this, stream));
            case Next.Speak speak -> send(speak.request(), new SpokenBody<>(this, speak));
            case Next.Pass pass -> send(pass.request(), new PassedBody<>(this, pass));
            case Next.Dial dial -> dial(dial);
            case Next.Recall recall -> {
                Map<Memo, String> known = host.recall(recall.memos());
                step(() -> recall.then().apply(known));
            }
            case Next.Pause wait ->
                // What was emitted so far leaves before the flow sleeps.
                host.rest(() -> pause =
                        around.timers().after(wait.time(), () -> around.serial().execute(() -> step(wait.then()))));
            case Next.More ignored -> broke("asked for more although nothing was being read");
            case Next.Done ignored -> finish();
            case Next.Fail fail -> fail(fail.fault());
        }
    }

    private void send(HttpRequest request, UpstreamExchange.Listener listener) {
        if (isSocket(request)) {
            broke("asked a ws or wss address, which can only be dialled");
            return;
        }
        open(request, () -> around.client().exchange(request, egress, redactor, around.serial(), listener));
    }

    private void dial(Next.Dial dial) {
        HttpRequest handshake = dial.handshake();
        if (!handshake.method().equals("GET") || !isSocket(handshake) || handshake.body() != null) {
            broke("dialled something else than a GET of a ws or wss address without a body");
            return;
        }
        DialledSocket<E> socket = new DialledSocket<>(this, dial.reader(), around.serial());
        open(handshake, () -> around.client().dial(handshake, egress, redactor, socket.exchange()));
    }

    private static boolean isSocket(HttpRequest request) {
        return request.url().startsWith("ws");
    }

    private void open(HttpRequest request, Supplier<OpenExchange> making) {
        if (egress.keepsBack(request.url())) {
            host.note("header_override", "not sent to a server that is not the endpoint's");
        }
        OpenExchange made;
        try {
            made = making.get();
        } catch (AddressRefused e) {
            fail(network.unreachable(e));
            return;
        } catch (RuntimeException e) {
            fail(Fault.of(FaultKind.CONFIG, "the request could not be made: " + e.getMessage()));
            return;
        }
        exchange = made;
        asked = request;
        host.asked(request);
        silence.begin(request.silence());
        made.send();
    }

    // ---- what bodies use ----

    FlowHost<E> host() {
        return host;
    }

    NetworkFaults network() {
        return network;
    }

    HostAnswer answer(Head head, Bytes body) {
        return new HostAnswer(head, body, around.clock().instant());
    }

    void touched() {
        silence.touched();
    }

    void headCame(Head head) {
        touched();
        host.headCame(head);
    }

    void readOn() {
        OpenExchange open = exchange;
        if (open != null && !over) {
            open.readOn();
        }
    }

    /** Lets the host write, then reads on. */
    void restThenReadOn() {
        OpenExchange open = exchange;
        host.rest(() -> {
            // What was being read may have ended meanwhile.
            if (Objects.equals(open, exchange)) {
                readOn();
            }
        });
    }

    /** Goes on with something that takes its time, on a thread that has it. */
    void aside(Runnable work) {
        around.client()
                .executor()
                .execute(() -> around.serial().execute(() -> {
                    if (!over) {
                        work.run();
                    }
                }));
    }

    void finish() {
        if (!over) {
            close();
            host.finished();
        }
    }

    void fail(Fault fault) {
        if (!over) {
            close();
            host.failed(redactor.clean(fault));
        }
    }

    boolean over() {
        return over;
    }

    /** The upstream was silent for too long. */
    private void silent(Fault fault) {
        HttpRequest request = asked;
        fail(request != null && request.creating() ? NetworkFaults.unknown(fault.message()) : fault);
    }

    /**
     * Ends what is open because the flow turns to something else.
     *
     * @param satisfied whether the upstream has said its last word: what little follows is read away, so that its
     *     connection is kept
     */
    private void leaveExchange(boolean satisfied) {
        OpenExchange open = exchange;
        exchange = null;
        if (open == null) {
            return;
        }
        if (satisfied || open.closesInOrder()) {
            open.release();
            if (!open.over()) {
                open.limit(
                        around.timers().after(DRAIN_TIME, () -> around.serial().execute(open::cancel)));
            }
        } else {
            open.cancel();
        }
    }

    private void close() {
        over = true;
        OpenExchange open = exchange;
        exchange = null;
        if (open != null) {
            open.cancel();
        }
        silence.stop();
        if (pause != null) {
            pause.cancel(false);
            pause = null;
        }
    }
}
