package io.patchbay.server.crash;

import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.upstream.Charge;
import io.patchbay.testkit.upstream.ChatAnswer.UsagePlace;
import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An upstream that does what orders say and keeps its own bill of it. Safe for use by many threads. */
final class BillingUpstream implements AutoCloseable {
    /**
     * One answer on the upstream's bill.
     *
     * @param outcome whether all of it was written, as far as the script goes
     * @param written output tokens of the content that was written
     * @param told the usage that was told to whoever asked; {@code null} when none was, or nobody can know how much
     */
    record Item(
            Order order,
            Charge.Outcome outcome,
            long written,
            @Nullable Tokens told) {
        /** Returns whether the other end left before the answer was over. */
        boolean abandoned() {
            return outcome == Charge.Outcome.CANCELLED;
        }
    }

    private record Asked(Order order, @Nullable Tokens told) {}

    private final ScriptedUpstream server = ScriptedUpstream.start();
    private final Orders orders;
    private final Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();
    private final Map<Long, Asked> asked = new ConcurrentHashMap<>();

    BillingUpstream(Orders orders) {
        this.orders = orders;
        server.remembering(10);
        server.on("POST", "/v1/", this::answer);
    }

    private Script answer(ReceivedRequest request) {
        JsonValue body = request.json();
        List<? extends JsonValue> messages = body.elements("messages");
        String prompt = messages.isEmpty()
                ? body.string("prompt", "")
                : messages.getLast().string("content", "");
        Order order = orders.in(prompt);
        int attempt = attempts.computeIfAbsent(order.mark(), mark -> new AtomicInteger())
                .incrementAndGet();
        Reply.Scripted scripted = order.reply().to(request, attempt);
        asked.put(request.number(), new Asked(order, scripted.told()));
        return scripted.script();
    }

    /** Returns the root address, as a channel's endpoint. */
    String endpoint() {
        return server.endpoint();
    }

    /** Returns how many requests came. */
    long requests() {
        return server.requests();
    }

    /** Returns everything that was charged, by the mark of the call, each in the order the answers ended. */
    Map<String, List<Item>> bill() {
        server.awaitIdle();
        Map<String, List<Item>> items = new HashMap<>();
        for (Charge charge : server.bill()) {
            Asked one = asked.get(charge.request());
            Tokens told =
                    charge.outcome() == Charge.Outcome.CANCELLED ? toldUntilLeft(one.order(), charge) : one.told();
            items.computeIfAbsent(one.order().mark(), mark -> new ArrayList<>())
                    .add(new Item(one.order(), charge.outcome(), charge.output(), told));
        }
        return items;
    }

    /** Running totals may have stopped anywhere; any other usage is told as a whole or not at all. */
    private static @Nullable Tokens toldUntilLeft(Order order, Charge charge) {
        boolean whole = charge.usageSent() && order.reply().place() != UsagePlace.EVERY;
        return whole ? order.reply().used() : null;
    }

    @Override
    public void close() {
        server.close();
    }
}
