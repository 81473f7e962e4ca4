package io.patchbay.relay.call;

import io.patchbay.billing.TokenUsage;
import io.patchbay.billing.admission.Admitted;
import io.patchbay.billing.ledger.Outcome;
import io.patchbay.dialects.WireError;
import io.patchbay.dialects.frame.FrameOut;
import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.exchange.Serial;
import io.patchbay.relay.picture.CallPictures;
import io.patchbay.relay.record.ReportedUsage;
import io.patchbay.relay.task.Task;
import io.patchbay.relay.task.TaskEnd;
import io.patchbay.relay.task.TaskFault;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Usage;
import io.patchbay.spi.media.ImageEvent;
import io.patchbay.spi.task.Artifact;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One client's images from admission to the answer: exactly one answer to the client and exactly one outcome in the ledger,
 * which is durable before the answer leaves. All state is confined to the call's {@link Serial}.
 */
public final class RelayedImages {
    private final RelayServices services;
    private final ImageOrder order;
    private final Admitted admitted;
    private final CallBooks books;
    private final ClientStream client;
    private final AttemptPolicy policy;
    private final Serial serial = new Serial();
    private @Nullable ImageAttempt attempt;
    private @Nullable CallPictures pictures;
    private @Nullable Future<?> total;
    private boolean ending;

    private RelayedImages(
            RelayServices services, ImageOrder order, Admitted admitted, ClientSink sink, AttemptPolicy policy) {
        this.services = services;
        this.order = order;
        this.admitted = admitted;
        this.policy = policy;
        this.books = new CallBooks(
                services,
                new CallBooks.Heading(
                        order.requestId(), order.caller(), order.model(), order.stream(), order.startedAt()),
                admitted);
        this.client = new ClientStream(sink, serial, services.timers(), this::facts, this::clientLeft);
    }

    /** Begins an admitted call; returns at once. */
    public static void begin(
            RelayServices services, ImageOrder order, Admitted admitted, ClientSink sink, List<Channel> candidates) {
        RelayedImages call = new RelayedImages(services, order, admitted, sink, new AttemptPolicy(candidates));
        call.serial.execute(call::start);
    }

    private void start() {
        total = services.timers().after(services.config().totalTimeout(), () -> serial.execute(this::tookTooLong));
        if (order.stream()) {
            client.keepAlive(services.config().heartbeat());
        }
        Optional<Channel> first = policy.first();
        if (first.isEmpty()) {
            fail(Fault.of(FaultKind.CONFIG, "no channel offers this model"));
        } else {
            tryOn(first.get(), null);
        }
    }

    private void tryOn(Channel channel, @Nullable String pinnedKey) {
        ImageAttempt next = new ImageAttempt(services, serial, order, channel, pinnedKey, this);
        attempt = next;
        next.start();
    }

    private Map<String, String> facts() {
        ImageAttempt current = attempt;
        return current == null
                ? Map.of()
                : DroppedFields.header(current.engagement().dropped());
    }

    // ---- what the attempt tells ----

    /** Returns the pictures of this call, whatever channel wants them. */
    CallPictures pictures() {
        CallPictures open = pictures;
        if (open == null) {
            open = services.pictures().open();
            pictures = open;
        }
        return open;
    }

    /** Returns what is held for this call. */
    Admitted admitted() {
        return admitted;
    }

    void note(String key, String value) {
        books.note(key, value);
    }

    /** The images are made. */
    void answered(Drawn drawn) {
        if (!ending) {
            ending = true;
            stopClock();
            books.firstContent();
            TokenUsage used = used(drawn.usage());
            answer(drawn, used, () -> books.settle(used, ""));
        }
    }

    /** The attempt ended with a fault. */
    void faulted(Fault fault) {
        if (ending) {
            return;
        }
        books.attemptFailed(policy.attempts(), fault, attempt == null ? null : attempt.engagement());
        Optional<Channel> next = attempt != null && attempt.pinned() ? Optional.empty() : policy.after(fault);
        if (next.isPresent()) {
            releaseAttempt();
            tryOn(next.get(), null);
        } else {
            fail(fault);
        }
    }

    /** The attempt found that only this channel, with this key, can answer. */
    void moveTo(Channel channel, String keyLine) {
        if (!ending) {
            releaseAttempt();
            tryOn(channel, keyLine);
        }
    }

    /** A task has ended that answers this call, and was paid for. */
    void ended(TaskEnd end) {
        if (ending) {
            return;
        }
        TaskFault fault = end.task().state().fault();
        List<ImageEvent.Made> images = images(end.task());
        ending = true;
        stopClock();
        if (fault != null) {
            failed(fault.toFault(), end.outcome(), end.used());
        } else if (images.isEmpty()) {
            failed(Fault.of(FaultKind.UPSTREAM, "no image generated"), end.outcome(), end.used());
        } else {
            books.firstContent();
            Usage told = end.used().estimated()
                    ? null
                    : Usage.of(end.used().input(), end.used().output());
            answer(new Drawn(images, told), end.used(), end::outcome);
        }
    }

    private static List<ImageEvent.Made> images(Task task) {
        return task.state().artifacts().stream()
                .filter(artifact -> artifact.kind().equals("image") && !artifact.preview())
                .map(Artifact::url)
                .map(Drawn::at)
                .toList();
    }

    // ---- endings ----

    /** Writes the answer beside the serial, because it may have a hundred megabytes, and closes the reservation. */
    private void answer(Drawn drawn, TokenUsage used, Supplier<CompletableFuture<Outcome>> closing) {
        CompletableFuture.supplyAsync(() -> written(drawn), services.tasks().work())
                .whenComplete((body, unwritten) -> serial.execute(() -> {
                    if (unwritten != null) {
                        Fault fault = Fault.of(FaultKind.UPSTREAM, "the images could not be written");
                        failed(fault, closing.get(), used);
                    } else {
                        closing.get()
                                .whenComplete((outcome, failure) ->
                                        serial.execute(() -> leave(body, used, outcome, failure)));
                    }
                }));
    }

    private byte[] written(Drawn drawn) {
        Drawn shown = order.wanted() == ImageOrder.Wanted.URL ? drawn.stored(services.artifacts(), true) : drawn;
        long now = services.clock().instant().getEpochSecond();
        if (!order.stream()) {
            return shown.answer(now).toBytes();
        }
        FrameOut events = new FrameOut();
        String name = order.input().equals(ImageOrder.Input.NONE) ? "image_generation" : "image_edit";
        shown.completed(name + ".completed", now).forEach(event -> events.sse(name + ".completed", event));
        ByteBuffer all = events.take();
        byte[] bytes = new byte[all.remaining()];
        all.get(bytes);
        return bytes;
    }

    private void leave(byte[] body, TokenUsage used, @Nullable Outcome outcome, @Nullable Throwable failure) {
        if (failure != null || outcome == null) {
            books.ledgerFailed(failure == null ? new IllegalStateException("the ledger told no outcome") : failure);
            lastWords(Fault.of(FaultKind.UPSTREAM, "the answer could not be accounted for"), used, 0);
        } else {
            client.end(
                    () -> client.head(200, order.stream() ? ClientStream.STREAM_HEADERS : ClientStream.JSON_HEADERS),
                    () -> ByteBuffer.wrap(body),
                    () -> close("answered", "", used, outcome.charged()));
        }
    }

    private void fail(Fault fault) {
        ending = true;
        stopClock();
        failed(fault, cut("failed: " + fault.kind()), TokenUsage.NONE);
    }

    private void failed(Fault fault, CompletableFuture<Outcome> closing, TokenUsage used) {
        closing.whenComplete((outcome, failure) -> serial.execute(() -> {
            if (failure != null) {
                books.ledgerFailed(failure);
            }
            lastWords(fault, used, outcome == null ? 0 : outcome.charged());
        }));
    }

    /** Ends the attempt. A task that goes on closes the reservation at its end; this call has cost nothing so far. */
    private CompletableFuture<Outcome> cut(String reason) {
        boolean goesOn = attempt != null && attempt.abandon();
        return goesOn
                ? CompletableFuture.completedFuture(new Outcome(order.requestId(), Outcome.Kind.RELEASED, 0, 0, 0))
                : books.release(reason);
    }

    private void lastWords(Fault fault, TokenUsage used, long charged) {
        WireError error = RelayErrors.of(fault);
        boolean inBand = client.headSent();
        client.end(
                () -> client.head(error.status(), RelayErrors.headers(error, fault)),
                () -> inBand ? errorFrame(error) : ByteBuffer.wrap(order.codec().errorBody(error)),
                () -> close("failed", fault.kind().name(), used, charged));
    }

    private ByteBuffer errorFrame(WireError error) {
        FrameOut out = new FrameOut();
        order.codec().errorFrame(error, out);
        return out.take();
    }

    /** Only a stream notices it, at a heartbeat. */
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
                    close("left", "", TokenUsage.NONE, outcome == null ? 0 : outcome.charged());
                }));
    }

    private void tookTooLong() {
        if (!ending) {
            fail(Fault.builder(
                            FaultKind.RETRY,
                            "the images were not made within "
                                    + services.config().totalTimeout().toSeconds() + " s")
                    .sub("timeout")
                    .build());
        }
    }

    /** Returns what the upstream reported; without that, only the prompt is counted. */
    private TokenUsage used(@Nullable Usage reported) {
        TokenUsage told = ReportedUsage.billed(reported);
        return told != null ? told : new TokenUsage(order.inputEstimate(), 0, 0, 0, true);
    }

    private void close(String outcome, String fault, TokenUsage used, long charged) {
        ImageAttempt last = attempt;
        client.close();
        releaseAttempt();
        if (pictures != null) {
            pictures.close();
        }
        books.close(
                outcome,
                fault,
                used,
                charged,
                policy.attempts(),
                last == null ? null : last.engagement(),
                last == null ? "" : last.upstreamModel());
    }

    private void releaseAttempt() {
        ImageAttempt open = attempt;
        if (open != null) {
            open.release();
        }
    }

    private void stopClock() {
        if (total != null) {
            total.cancel(false);
        }
    }
}
