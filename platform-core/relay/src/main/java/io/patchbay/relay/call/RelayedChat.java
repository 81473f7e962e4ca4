package io.patchbay.relay.call;

import io.patchbay.billing.TokenUsage;
import io.patchbay.billing.admission.Admitted;
import io.patchbay.billing.ledger.Outcome;
import io.patchbay.billing.ledger.Settlement;
import io.patchbay.dialects.ClientPlan;
import io.patchbay.dialects.WireError;
import io.patchbay.foundation.log.LogContext;
import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.exchange.Serial;
import io.patchbay.relay.record.RequestRecord;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Usage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One client's chat from admission to its last frame. Whatever happens, it ends with exactly one terminal frame to the
 * client and exactly one outcome in the ledger; the outcome is durable before the last frame leaves.
 *
 * <p>All state is confined to the call's {@link Serial}.
 */
public final class RelayedChat {
    private static final Logger log = LoggerFactory.getLogger(RelayedChat.class);
    private static final Map<String, String> STREAM_HEADERS = Map.of(
            "Content-Type", "text/event-stream; charset=utf-8",
            "Cache-Control", "no-cache, no-transform",
            "X-Accel-Buffering", "no");
    private static final Map<String, String> JSON_HEADERS = Map.of("Content-Type", "application/json; charset=utf-8");

    private static final Duration DEFAULT_RETRY = Duration.ofSeconds(1);
    private static final Duration USAGE_GRACE = Duration.ofSeconds(2);

    private final RelayServices services;
    private final ChatOrder order;
    private final Admitted admitted;
    private final ClientStream client;
    private final AttemptPolicy policy;
    private final Serial serial = new Serial();
    private final Map<String, String> notes = new LinkedHashMap<>();
    private final ClientPlan plan;
    private ChatDelivery delivery;
    private @Nullable ChatAttempt attempt;
    private @Nullable Future<?> total;
    private boolean ending;
    private boolean leaving;
    private long firstTokenMs = -1;

    private RelayedChat(
            RelayServices services, ChatOrder order, Admitted admitted, ClientSink sink, AttemptPolicy policy) {
        this.services = services;
        this.order = order;
        this.admitted = admitted;
        this.client = new ClientStream(sink, serial, services.timers(), this::clientLeft);
        this.policy = policy;
        this.plan = new ClientPlan(
                order.model(),
                order.usageAsked(),
                "chatcmpl-" + order.requestId(),
                order.startedAt().getEpochSecond());
        this.delivery = new ChatDelivery(order.codec(), plan, order.stream());
    }

    /** Begins an admitted call; returns at once. */
    public static void begin(
            RelayServices services, ChatOrder order, Admitted admitted, ClientSink sink, List<Channel> candidates) {
        RelayedChat call = new RelayedChat(services, order, admitted, sink, new AttemptPolicy(candidates));
        services.metrics().begun();
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
            tryOn(first.get());
        }
    }

    private void tryOn(Channel channel) {
        delivery = new ChatDelivery(order.codec(), plan, order.stream());
        ChatAttempt next = new ChatAttempt(services, serial, order, channel, this);
        attempt = next;
        next.start();
    }

    // ---- what the attempt tells ----

    ChatDelivery delivery() {
        return delivery;
    }

    void note(String key, String value) {
        if (notes.size() < 32) {
            notes.put(key, value.replace('\n', ' '));
        }
    }

    /** A read has been worked through. */
    void rest(Runnable resume) {
        if (delivery.content() && firstTokenMs < 0) {
            firstTokenMs = elapsedMs();
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
    void answered() {
        if (ending) {
            return;
        }
        if (!delivery.complete()) {
            faulted(Fault.of(FaultKind.TRUNCATED, "the upstream's answer ended before it was complete"));
            return;
        }
        ending = true;
        stopClock();
        if (delivery.content() && firstTokenMs < 0) {
            firstTokenMs = elapsedMs();
        }
        TokenUsage used = usage();
        boolean free = !delivery.content() && delivery.usage() == null;
        CompletableFuture<Outcome> closing =
                free ? services.ledger().release(order.requestId(), "empty answer") : settle(used, "");
        closing.whenComplete((outcome, failure) -> serial.execute(() -> {
            if (failure != null) {
                ledgerFailed(failure);
                lastWords(Fault.of(FaultKind.UPSTREAM, "the answer could not be accounted for"), "failed", used, 0);
            } else if (leaving) {
                close("left", "", used, outcome.charged());
            } else {
                client.end(
                        () -> client.head(
                                200, order.stream() ? ClientStream.STREAM_HEADERS : ClientStream.JSON_HEADERS),
                        () -> delivery.end(reported(used)),
                        () -> close("answered", "", used, outcome.charged()));
            }
        }));
    }

    /** The attempt ended with a fault. */
    void faulted(Fault fault) {
        if (ending) {
            return;
        }
        if (leaving) {
            leave();
            return;
        }
        note("fault" + policy.attempts(), fault + ": " + fault.message());
        if (attempt != null) {
            logFault(fault, attempt);
        }
        if (!delivery.content()) {
            Optional<Channel> next = policy.after(fault);
            if (next.isPresent()) {
                releaseAttempt();
                tryOn(next.get());
                return;
            }
        }
        fail(fault);
    }

    // ---- endings ----

    private void fail(Fault fault) {
        ending = true;
        stopClock();
        cutAttempt();
        boolean partial = delivery.content();
        TokenUsage used = partial ? usage() : TokenUsage.NONE;
        CompletableFuture<Outcome> closing = partial
                ? settle(used, "broken off: " + fault.kind())
                : services.ledger().release(order.requestId(), "failed: " + fault.kind());
        closing.whenComplete((outcome, failure) -> serial.execute(() -> {
            if (failure != null) {
                ledgerFailed(failure);
            }
            lastWords(fault, partial ? "broken" : "failed", used, outcome == null ? 0 : outcome.charged());
        }));
    }

    private void lastWords(Fault fault, String outcome, TokenUsage used, long charged) {
        WireError error = RelayErrors.of(fault);
        boolean inBand = client.headSent();
        client.end(
                () -> client.head(error.status(), errorHeaders(error, fault)),
                () -> inBand
                        ? delivery.failure(error)
                        : ByteBuffer.wrap(order.codec().errorBody(error)),
                () -> close(outcome, fault.kind().name(), used, charged));
    }

    private static Map<String, String> errorHeaders(WireError error, Fault fault) {
        Map<String, String> headers = new LinkedHashMap<>(ClientStream.JSON_HEADERS);
        Duration after = fault.after() == null && error.status() == 429 ? DEFAULT_RETRY : fault.after();
        if (after != null && (error.status() == 429 || error.status() == 503)) {
            headers.put("Retry-After", Long.toString(Math.max(1, after.toSeconds())));
        }
        return headers;
    }

    private void ledgerFailed(Throwable failure) {
        try (LogContext request = LogContext.request(order.requestId());
                LogContext user = LogContext.user(order.caller().userId())) {
            log.error("the ledger could not close the call; recovery at the next start will", failure);
        }
    }

    /** Tells the operator what only he can mend; what passes by itself is for those who look closer. */
    private void logFault(Fault fault, ChatAttempt failed) {
        boolean operators = switch (fault.kind()) {
            case KEY_DEAD, QUOTA, CONFIG, CLOCK, PLUGIN, NO_ACCESS -> true;
            default -> false;
        };
        if (!operators && !log.isDebugEnabled()) {
            return;
        }
        try (LogContext request = LogContext.request(order.requestId());
                LogContext user = LogContext.user(order.caller().userId());
                LogContext channel = LogContext.channel(failed.channel().name());
                LogContext plugin = LogContext.plugin(failed.pluginId() + "@" + failed.pluginVersion())) {
            log.atLevel(operators ? Level.WARN : Level.DEBUG)
                    .log("attempt {} failed: {}: {}", policy.attempts(), fault, fault.message());
        }
    }

    /**
     * The client is no longer there. When it left after the finish event, usage may still be on its way and is worth a
     * short wait: many clients close as soon as they see the finish.
     */
    private void clientLeft(Runnable readOn) {
        if (ending || leaving) {
            return;
        }
        if (delivery.complete() && delivery.usage() == null) {
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
        boolean partial = delivery.content();
        TokenUsage used = partial ? usage() : TokenUsage.NONE;
        cutAttempt();
        CompletableFuture<Outcome> closing = partial
                ? settle(used, "client left")
                : services.ledger().release(order.requestId(), "client left before any content");
        closing.whenComplete((outcome, failure) -> serial.execute(() -> {
            if (failure != null) {
                ledgerFailed(failure);
            }
            close("left", "", used, outcome == null ? 0 : outcome.charged());
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

    private CompletableFuture<Outcome> settle(TokenUsage used, String note) {
        long micro = admitted.price() == null ? 0 : admitted.price().cost(used);
        return services.ledger().settle(order.requestId(), new Settlement(micro, used, note));
    }

    /** Returns what the upstream reported, else what was counted. */
    private TokenUsage usage() {
        Usage reported = delivery.usage();
        if (reported != null && (reported.input() > 0 || reported.output() > 0)) {
            return new TokenUsage(
                    reported.input(),
                    reported.output(),
                    Math.min(reported.cachedInput(), reported.input()),
                    Math.min(reported.reasoning(), reported.output()),
                    false);
        }
        return new TokenUsage(order.inputEstimate(), delivery.estimatedOutput(), 0, 0, true);
    }

    private Usage reported(TokenUsage used) {
        Usage upstream = delivery.usage();
        return upstream != null && !used.estimated() ? upstream : Usage.of(used.input(), used.output());
    }

    private void close(String outcome, String fault, TokenUsage used, long charged) {
        ChatAttempt last = attempt;
        client.close();
        releaseAttempt();
        StringBuilder noted = new StringBuilder();
        notes.forEach(
                (key, value) -> noted.append(key).append('=').append(value).append('\n'));
        RequestRecord done = new RequestRecord(
                order.requestId(),
                order.caller().userId(),
                order.caller().keyId(),
                order.model(),
                last == null ? "" : last.upstreamModel(),
                last == null ? 0 : last.channel().id(),
                last == null ? "" : last.pluginId(),
                last == null ? "" : last.pluginVersion(),
                last == null ? 0 : last.generation(),
                order.stream(),
                outcome,
                fault,
                policy.attempts(),
                used.input(),
                used.output(),
                charged,
                order.startedAt().toEpochMilli(),
                firstTokenMs,
                elapsedMs(),
                noted.toString());
        services.metrics().ended(done);
        services.records().add(done);
    }

    private void releaseAttempt() {
        ChatAttempt open = attempt;
        if (open != null) {
            open.release();
        }
    }

    private void cutAttempt() {
        ChatAttempt open = attempt;
        if (open != null) {
            open.abandon();
        }
    }

    private void stopClock() {
        if (total != null) {
            total.cancel(false);
        }
    }

    private long elapsedMs() {
        return Duration.between(order.startedAt(), services.clock().instant()).toMillis();
    }
}
