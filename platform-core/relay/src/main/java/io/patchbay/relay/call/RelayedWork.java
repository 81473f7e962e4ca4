package io.patchbay.relay.call;

import io.patchbay.billing.TokenUsage;
import io.patchbay.billing.admission.Admitted;
import io.patchbay.billing.ledger.Outcome;
import io.patchbay.dialects.ChatCodec;
import io.patchbay.dialects.WireError;
import io.patchbay.dialects.frame.FrameOut;
import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.exchange.Serial;
import io.patchbay.relay.picture.CallPictures;
import io.patchbay.relay.routing.Choice;
import io.patchbay.relay.routing.Route;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One client's call for something that is made, from admission to the answer: exactly one answer to the client and
 * exactly one outcome in the ledger, which is durable before the answer leaves. All state is confined to the call's
 * {@link Serial}.
 *
 * @param <A> its attempts
 */
abstract class RelayedWork<A extends WorkAttempt<A>> implements WorkAttempt.Call<A> {
    final RelayServices services;
    final CallBooks books;
    final ClientStream client;
    final Attempts<A> attempts;
    final Serial serial = new Serial();
    private final CallBooks.Heading heading;
    private final ChatCodec codec;
    private final Admitted admitted;
    private @Nullable CallPictures pictures;
    private @Nullable Future<?> total;
    private boolean ending;

    /**
     * Prepares a call.
     *
     * @param codec writes errors in the client's form
     */
    RelayedWork(
            RelayServices services,
            CallBooks.Heading heading,
            ChatCodec codec,
            Admitted admitted,
            ClientSink sink,
            Route route) {
        this.services = services;
        this.heading = heading;
        this.codec = codec;
        this.admitted = admitted;
        this.attempts = new Attempts<>(route, services.timers(), serial, this::attempt);
        this.books = new CallBooks(services, heading, admitted);
        this.client = new ClientStream(sink, serial, services.timers(), this::facts, this::clientLeft);
    }

    /** Begins; returns at once. */
    final void begin() {
        serial.execute(this::start);
    }

    private void start() {
        total = services.timers().after(services.config().totalTimeout(), () -> serial.execute(this::tookTooLong));
        if (heading.streamed()) {
            client.keepAlive(services.config().heartbeat());
            client.watch();
        }
        attempts.start().ifPresent(this::fail);
    }

    /** Makes an attempt at that place. */
    abstract A attempt(WorkAttempt.Place place);

    private A attempt(Choice choice, boolean pinned) {
        note("route" + attempts.count(), choice.channel().id() + " " + choice.why());
        return attempt(new WorkAttempt.Place(choice, pinned));
    }

    private Map<String, String> facts() {
        A current = attempts.current();
        return current == null
                ? Map.of()
                : DroppedFields.header(current.engagement().lost());
    }

    // ---- what the attempt tells ----

    /** Returns the pictures of this call, whatever channel wants them. */
    final CallPictures pictures() {
        CallPictures open = pictures;
        if (open == null) {
            open = services.pictures().open();
            pictures = open;
        }
        return open;
    }

    @Override
    public final Admitted admitted() {
        return admitted;
    }

    @Override
    public final void note(String key, String value) {
        books.note(key, value);
    }

    @Override
    public final void faulted(A attempt, Fault fault) {
        if (ending || attempts.lost(attempt)) {
            return;
        }
        attempt.choice().permit().failed(fault);
        books.attemptFailed(attempts.count(), fault, attempt.engagement());
        if (!attempts.goOn(attempt, fault)) {
            fail(fault);
        }
    }

    @Override
    public final void moveTo(A attempt, Channel channel, String keyLine) {
        if (!ending && !attempts.lost(attempt)) {
            attempts.moveTo(attempt, channel, keyLine);
        }
    }

    // ---- endings ----

    /**
     * The call ends with that attempt.
     *
     * @return false when it has ended before, or the attempt does not matter any more
     */
    final boolean ends(A attempt) {
        if (ending || attempts.lost(attempt)) {
            return false;
        }
        ending = true;
        stopClock();
        attempts.choose(attempt);
        return true;
    }

    private void fail(Fault fault) {
        ending = true;
        stopClock();
        failed(fault, cut("failed: " + fault.kind()), TokenUsage.NONE);
    }

    /** The client is told of the fault when the ledger has closed the reservation. */
    final void failed(Fault fault, CompletableFuture<Outcome> closing, TokenUsage used) {
        closing.whenComplete((outcome, failure) -> serial.execute(() -> {
            if (failure != null) {
                books.ledgerFailed(failure);
            }
            lastWords(fault, used, outcome);
        }));
    }

    /** The answer leaves when the ledger has closed the reservation. */
    final void answered(byte[] body, TokenUsage used, CompletableFuture<Outcome> closing) {
        closing.whenComplete((outcome, failure) -> serial.execute(() -> leave(body, used, outcome, failure)));
    }

    private void leave(byte[] body, TokenUsage used, @Nullable Outcome outcome, @Nullable Throwable failure) {
        if (failure != null || outcome == null) {
            books.ledgerFailed(failure == null ? new IllegalStateException("the ledger told no outcome") : failure);
            lastWords(Fault.of(FaultKind.UPSTREAM, "the answer could not be accounted for"), used, null);
        } else {
            client.end(
                    () -> client.head(
                            200, heading.streamed() ? ClientStream.STREAM_HEADERS : ClientStream.JSON_HEADERS),
                    () -> ByteBuffer.wrap(body),
                    () -> close("answered", "", used, outcome));
        }
    }

    /** Ends the attempts. A task that goes on closes the reservation at its end; this call has cost nothing so far. */
    private CompletableFuture<Outcome> cut(String reason) {
        return attempts.cut() ? leftToTask() : books.release(reason);
    }

    /** Returns the outcome of a call whose reservation a task closes. */
    final CompletableFuture<Outcome> leftToTask() {
        return CompletableFuture.completedFuture(new Outcome(heading.requestId(), Outcome.Kind.RELEASED, 0, 0, 0));
    }

    private void lastWords(Fault fault, TokenUsage used, @Nullable Outcome closing) {
        WireError error = RelayErrors.of(fault);
        boolean inBand = client.headSent();
        client.end(
                () -> client.head(error.status(), RelayErrors.headers(error, fault)),
                () -> inBand ? errorFrame(error) : ByteBuffer.wrap(codec.errorBody(error)),
                () -> close("failed", fault.kind().name(), used, closing));
    }

    private ByteBuffer errorFrame(WireError error) {
        FrameOut out = new FrameOut();
        codec.errorFrame(error, out);
        return out.take();
    }

    /** Only a stream notices it. */
    private void clientLeft(Runnable readOn) {
        if (ending) {
            return;
        }
        ending = true;
        stopClock();
        cut("client left before any content")
                .whenComplete((outcome, failure) -> serial.execute(() -> {
                    if (failure != null) {
                        books.ledgerFailed(failure);
                    }
                    close("left", "", TokenUsage.NONE, outcome);
                }));
    }

    private void tookTooLong() {
        if (!ending) {
            fail(Fault.builder(
                            FaultKind.RETRY,
                            "the answer was not complete within "
                                    + services.config().totalTimeout().toSeconds() + " s")
                    .sub("timeout")
                    .build());
        }
    }

    private void close(String outcome, String fault, TokenUsage used, @Nullable Outcome closing) {
        A last = attempts.current();
        client.close();
        attempts.release();
        if (pictures != null) {
            pictures.close();
        }
        books.close(
                outcome,
                fault,
                used,
                closing,
                client.status(),
                attempts.count(),
                last == null ? null : last.engagement(),
                last == null ? "" : last.upstreamModel());
    }

    private void stopClock() {
        if (total != null) {
            total.cancel(false);
        }
    }
}
