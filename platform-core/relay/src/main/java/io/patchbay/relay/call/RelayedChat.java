package io.patchbay.relay.call;

import io.patchbay.billing.TokenUsage;
import io.patchbay.billing.admission.Admitted;
import io.patchbay.billing.ledger.Outcome;
import io.patchbay.dialects.ClientPlan;
import io.patchbay.dialects.WireError;
import io.patchbay.relay.cache.AnswerCache;
import io.patchbay.relay.cache.AnswerRecorder;
import io.patchbay.relay.cache.CacheVisit;
import io.patchbay.relay.cache.CachedAnswer;
import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.exchange.Serial;
import io.patchbay.relay.picture.CallPictures;
import io.patchbay.relay.routing.Choice;
import io.patchbay.relay.routing.Route;
import io.patchbay.relay.task.TaskEnd;
import io.patchbay.relay.task.TaskFault;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One client's chat from admission to its last frame. Whatever happens, it ends with exactly one terminal frame to the
 * client and exactly one outcome in the ledger; the outcome is durable before the last frame leaves.
 *
 * <p>All state is confined to the call's {@link Serial}.
 */
public final class RelayedChat {
    private static final Duration USAGE_GRACE = Duration.ofSeconds(2);

    private final RelayServices services;
    private final ChatOrder order;
    private final Admitted admitted;
    private final CallBooks books;
    private final ChatCharges charges;
    private final ClientStream client;
    private final Attempts<ChatAttempt> attempts;
    private final Serial serial = new Serial();
    private final SpendGuard guard;
    private final ClientPlan plan;
    private @Nullable CacheVisit visit;
    private @Nullable ChatDelivery replayed;
    private Map<String, String> known = Map.of();
    private @Nullable CallPictures pictures;
    private @Nullable Future<?> total;
    private boolean ending;
    private boolean leaving;

    private RelayedChat(RelayServices services, ChatOrder order, Admitted admitted, ClientSink sink, Route route) {
        this.services = services;
        this.order = order;
        this.admitted = admitted;
        this.books = new CallBooks(
                services,
                new CallBooks.Heading(
                        order.requestId(), order.caller(), order.model(), order.stream(), order.startedAt()),
                admitted);
        this.charges = new ChatCharges(order, admitted, books);
        this.client = new ClientStream(sink, serial, services.timers(), this::facts, this::clientLeft);
        this.attempts = new Attempts<>(route, services.timers(), serial, this::attempt);
        this.guard = new SpendGuard(
                services.ledger()::extend,
                admitted,
                serial,
                order.inputEstimate(),
                () -> delivery().estimatedOutput(),
                this::spent);
        this.plan = new ClientPlan(
                order.model(),
                order.usageAsked(),
                "chatcmpl-" + order.requestId(),
                order.startedAt().getEpochSecond());
    }

    /** Begins an admitted call; returns at once. */
    public static void begin(RelayServices services, ChatOrder order, Admitted admitted, ClientSink sink, Route route) {
        RelayedChat call = new RelayedChat(services, order, admitted, sink, route);
        call.serial.execute(call::start);
    }

    private void start() {
        total = services.timers().after(services.config().totalTimeout(), () -> serial.execute(this::tookTooLong));
        if (order.stream()) {
            client.keepAlive(services.config().heartbeat());
            client.watch();
        }
        CacheVisit visiting = services.answers().visit(question()).orElse(null);
        CachedAnswer hit = visiting == null ? null : visiting.hit().orElse(null);
        if (hit != null) {
            answeredBefore(hit);
        } else {
            visit = visiting;
            attempts.start().ifPresent(this::fail);
        }
    }

    private AnswerCache.Question question() {
        String group = order.caller().group();
        return new AnswerCache.Question(group == null ? "" : group, order.model(), order.conversation(), order.wire());
    }

    /** The answer is known, and costs nothing. */
    private void answeredBefore(CachedAnswer hit) {
        note("cache", "hit");
        ChatDelivery delivery = unheard();
        replayed = delivery;
        Map<String, String> headers = new HashMap<>(DroppedFields.header(hit.dropped()));
        headers.put("Patchbay-Cache", "hit");
        known = headers;
        hit.replay(delivery::event);
        ending = true;
        stopClock();
        books.firstContent();
        answered(books.release("answered from the cache"), charges.usage(delivery));
    }

    private ChatAttempt attempt(Choice choice, boolean pinned) {
        note("route" + attempts.count(), choice.channel().id() + " " + choice.why());
        AnswerRecorder recorder = visit == null ? null : new AnswerRecorder();
        ChatDelivery delivery = new ChatDelivery(order.codec(), plan, order.stream(), this::tokens, recorder);
        return new ChatAttempt(services, serial, order, delivery, choice, pinned, this);
    }

    private Map<String, String> facts() {
        ChatAttempt current = attempts.current();
        return current == null
                ? known
                : DroppedFields.header(current.engagement().lost());
    }

    // ---- what the attempt tells ----

    private ChatDelivery delivery() {
        ChatAttempt current = attempts.current();
        if (current != null) {
            return current.delivery();
        }
        ChatDelivery known = replayed;
        return known == null ? unheard() : known;
    }

    private ChatDelivery unheard() {
        return new ChatDelivery(order.codec(), plan, order.stream(), this::tokens);
    }

    private long tokens(String text) {
        return services.tokens().text(order.model(), text);
    }

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

    /** A read has been worked through. */
    void rest(ChatAttempt attempt, Runnable resume) {
        ChatDelivery delivery = attempt.delivery();
        if (attempts.lost(attempt)) {
            return;
        }
        if (delivery.content()) {
            attempts.choose(attempt);
            attempt.choice().permit().content();
            books.firstContent();
            if (order.stream()) {
                guard.look(delivery.runningOutput());
            }
        }
        if (leaving) {
            delivery.takeOutput();
        }
        if (ending || leaving || !order.stream() || !delivery.content() || !delivery.hasOutput()) {
            resume.run();
            return;
        }
        client.write(delivery.takeOutput(), resume);
    }

    /** The attempt's flow ended well. */
    void answered(ChatAttempt attempt) {
        if (ending || attempts.lost(attempt)) {
            return;
        }
        ChatDelivery delivery = attempt.delivery();
        if (!delivery.complete()) {
            faulted(attempt, Fault.of(FaultKind.TRUNCATED, "the upstream's answer ended before it was complete"));
            return;
        }
        ending = true;
        stopClock();
        attempts.choose(attempt);
        attempts.answered(attempt);
        AnswerRecorder recorder = delivery.recorder();
        if (visit != null && recorder != null) {
            visit.answered(recorder, attempt.engagement().lost());
        }
        if (delivery.content()) {
            books.firstContent();
        }
        TokenUsage used = charges.usage(delivery);
        answered(charges.complete(delivery, used), used);
    }

    /** The answer is complete, and leaves when the ledger has closed the reservation. */
    private void answered(CompletableFuture<Outcome> closing, TokenUsage used) {
        closing.whenComplete((outcome, failure) -> serial.execute(() -> {
            if (failure != null) {
                books.ledgerFailed(failure);
                lastWords(Fault.of(FaultKind.UPSTREAM, "the answer could not be accounted for"), "failed", used, null);
            } else if (leaving) {
                close("left", "", used, outcome);
            } else {
                client.end(
                        () -> client.head(
                                200, order.stream() ? ClientStream.STREAM_HEADERS : ClientStream.JSON_HEADERS),
                        () -> delivery().end(ChatCharges.told(delivery(), used)),
                        () -> close("answered", "", used, outcome));
            }
        }));
    }

    /** The attempt ended with a fault. */
    void faulted(ChatAttempt attempt, Fault fault) {
        if (ending || attempts.lost(attempt)) {
            return;
        }
        attempt.choice().permit().failed(fault);
        if (leaving) {
            leave();
            return;
        }
        books.attemptFailed(attempts.count(), fault, attempt.engagement());
        if (attempt.delivery().content() || !attempts.goOn(attempt, fault)) {
            fail(fault);
        }
    }

    /** The attempt found that only this channel, with this key, can answer. */
    void moveTo(ChatAttempt attempt, Channel channel, String keyLine) {
        if (!ending && !attempts.lost(attempt)) {
            attempts.moveTo(attempt, channel, keyLine);
        }
    }

    /** A task has ended that answers this call, and was paid for; the delivery has all of it. */
    void ended(ChatAttempt attempt, TaskEnd end) {
        if (ending) {
            return;
        }
        ending = true;
        stopClock();
        attempts.choose(attempt);
        TaskFault fault = end.task().state().fault();
        if (fault == null) {
            attempts.answered(attempt);
            books.firstContent();
            answered(end.outcome(), end.used());
        } else {
            attempt.choice().permit().failed(fault.toFault());
            failed(fault.toFault(), end.outcome(), end.used());
        }
    }

    // ---- endings ----

    private void fail(Fault fault) {
        ending = true;
        stopClock();
        ChatDelivery delivery = delivery();
        boolean goesOn = attempts.cut();
        TokenUsage used = used(delivery, goesOn);
        failed(fault, goesOn ? charges.leftToTask() : charges.broken(delivery, used, fault.kind()), used);
    }

    /** The user cannot pay for more: what was delivered is charged, and nothing more is. */
    private void spent() {
        if (ending || leaving) {
            return;
        }
        ending = true;
        stopClock();
        ChatDelivery delivery = delivery();
        boolean goesOn = attempts.cut();
        TokenUsage used = used(delivery, goesOn);
        WireError error = RelayErrors.spent(order.model(), admitted.cost(used), guard.held());
        (goesOn ? charges.leftToTask() : charges.spent(used))
                .whenComplete((outcome, failure) -> serial.execute(() -> {
                    if (failure != null) {
                        books.ledgerFailed(failure);
                    }
                    lastWords(error, Map.of(), "spent", "broken", used, outcome);
                }));
    }

    /** What a task costs is not this call's. */
    private TokenUsage used(ChatDelivery delivery, boolean goesOn) {
        return delivery.content() && !goesOn ? charges.usage(delivery) : TokenUsage.NONE;
    }

    /** The client is told of the fault when the ledger has closed the reservation. */
    private void failed(Fault fault, CompletableFuture<Outcome> closing, TokenUsage used) {
        closing.whenComplete((outcome, failure) -> serial.execute(() -> {
            if (failure != null) {
                books.ledgerFailed(failure);
            }
            lastWords(fault, delivery().content() ? "broken" : "failed", used, outcome);
        }));
    }

    private void lastWords(Fault fault, String outcome, TokenUsage used, @Nullable Outcome closing) {
        WireError error = RelayErrors.of(fault);
        lastWords(error, RelayErrors.headers(error, fault), fault.kind().name(), outcome, used, closing);
    }

    private void lastWords(
            WireError error,
            Map<String, String> headers,
            String cause,
            String outcome,
            TokenUsage used,
            @Nullable Outcome closing) {
        boolean inBand = client.headSent();
        client.end(
                () -> client.head(error.status(), headers),
                () -> inBand
                        ? delivery().failure(error)
                        : ByteBuffer.wrap(order.codec().errorBody(error)),
                () -> close(outcome, cause, used, closing));
    }

    /**
     * The client is no longer there. When it left after the finish event, usage may still be on its way and is worth a
     * short wait: many clients close as soon as they see the finish.
     */
    private void clientLeft(Runnable readOn) {
        if (ending || leaving) {
            return;
        }
        if (delivery().complete() && delivery().usage() == null) {
            leaving = true;
            services.timers().after(USAGE_GRACE, () -> serial.execute(this::leave));
            readOn.run();
            return;
        }
        leave();
    }

    private void leave() {
        if (ending) {
            return;
        }
        ending = true;
        stopClock();
        ChatDelivery delivery = delivery();
        boolean goesOn = attempts.cut();
        TokenUsage used = used(delivery, goesOn);
        CompletableFuture<Outcome> closing = goesOn ? charges.leftToTask() : charges.left(delivery, used);
        closing.whenComplete((outcome, failure) -> serial.execute(() -> {
            if (failure != null) {
                books.ledgerFailed(failure);
            }
            close("left", "", used, outcome);
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
        ChatAttempt last = attempts.current();
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
