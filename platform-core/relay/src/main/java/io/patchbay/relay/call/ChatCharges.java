package io.patchbay.relay.call;

import io.patchbay.billing.TokenUsage;
import io.patchbay.billing.admission.Admitted;
import io.patchbay.billing.ledger.Outcome;
import io.patchbay.billing.policy.BillingPolicy.Charging;
import io.patchbay.relay.record.ReportedUsage;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Usage;
import java.util.concurrent.CompletableFuture;

/** What one chat costs, by how it ends and by the site's policy. Confined to the call's serial. */
final class ChatCharges {
    private final ChatOrder order;
    private final Admitted admitted;
    private final CallBooks books;

    ChatCharges(ChatOrder order, Admitted admitted, CallBooks books) {
        this.order = order;
        this.admitted = admitted;
        this.books = books;
    }

    /** Returns what the upstream reported, else what was counted. */
    TokenUsage usage(ChatDelivery delivery) {
        TokenUsage told = ReportedUsage.billed(delivery.usage());
        return told != null ? told : new TokenUsage(order.input().exact(), delivery.estimatedOutput(), 0, 0, true);
    }

    /** Returns the usage as the client is told it. */
    static Usage told(ChatDelivery delivery, TokenUsage used) {
        Usage upstream = delivery.usage();
        return upstream != null && !used.estimated() ? upstream : Usage.of(used.input(), used.output());
    }

    /** Closes the reservation of a complete answer. */
    CompletableFuture<Outcome> complete(ChatDelivery delivery, TokenUsage used) {
        boolean empty = !delivery.content() && delivery.usage() == null;
        return empty && admitted.policy().empty() == Charging.FREE
                ? books.release("empty answer")
                : books.settle(used, "");
    }

    /** Closes the reservation of an answer that broke. */
    CompletableFuture<Outcome> broken(ChatDelivery delivery, TokenUsage used, FaultKind kind) {
        return produced(delivery, admitted.policy().upstreamCut(), used, "broken off: " + kind, "failed: " + kind);
    }

    /** Closes the reservation of a call whose client left. */
    CompletableFuture<Outcome> left(ChatDelivery delivery, TokenUsage used) {
        return produced(
                delivery, admitted.policy().clientLeft(), used, "client left", "client left before any content");
    }

    /** Closes the reservation of an answer that was stopped because its user cannot pay for more. */
    CompletableFuture<Outcome> spent(TokenUsage used) {
        return books.settle(used, "stopped: credits spent");
    }

    /** The task closes the reservation at its end; this call has cost nothing so far. */
    CompletableFuture<Outcome> leftToTask() {
        return CompletableFuture.completedFuture(new Outcome(order.requestId(), Outcome.Kind.RELEASED, 0, 0, 0));
    }

    /** What ended before any content is free, whatever the policy. */
    private CompletableFuture<Outcome> produced(
            ChatDelivery delivery, Charging policy, TokenUsage used, String partial, String nothing) {
        if (!delivery.content()) {
            return books.release(nothing);
        }
        return policy == Charging.CHARGE ? books.settle(used, partial) : books.release(partial);
    }
}
