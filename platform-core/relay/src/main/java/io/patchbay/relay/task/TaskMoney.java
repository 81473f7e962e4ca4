package io.patchbay.relay.task;

import io.patchbay.billing.TokenUsage;
import io.patchbay.billing.ledger.Charge;
import io.patchbay.billing.ledger.InsufficientCredits;
import io.patchbay.billing.ledger.Ledger;
import io.patchbay.billing.ledger.LedgerEntry;
import io.patchbay.billing.ledger.Outcome;
import io.patchbay.billing.ledger.Reservation;
import io.patchbay.billing.ledger.Settlement;
import io.patchbay.billing.price.Price;
import io.patchbay.billing.price.PriceBook;
import io.patchbay.billing.price.PriceTag;
import io.patchbay.foundation.ids.RequestId;
import io.patchbay.spi.task.TaskPhase;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the reservations of tasks, each once: charged by the price of the time it was ordered when the task succeeded,
 * given back otherwise. A task whose vendor tells no usage costs what its rule takes for a call, or for the estimated
 * input tokens. A price for a call is charged for each picture, up to as many as it was held for.
 *
 * <p><b>After a restart.</b> The ledger has given back what the earlier process held, because for other calls the work
 * is lost with the process. A task's work is not: so the same amount is held again, under a new key, before any client
 * is let in, and charged at the end. When the account has less by then, which takes an overdraft, an administrator or
 * another node, the task goes on and costs nothing; the log says so.
 */
final class TaskMoney {
    private static final Logger log = LoggerFactory.getLogger(TaskMoney.class);

    /** The price version of a task without a price. */
    static final long NO_PRICE = -1;

    private final Ledger ledger;
    private final PriceBook prices;
    private final TaskBoard board;
    private final InstantSource clock;

    TaskMoney(Ledger ledger, PriceBook prices, TaskBoard board, InstantSource clock) {
        this.ledger = ledger;
        this.prices = prices;
        this.board = board;
        this.clock = clock;
    }

    /**
     * Closes the reservation of a final task. Blocks on the price list only. The future never fails: what went wrong is
     * in {@link TaskEnd#outcome}, and the task is then left for the next start.
     */
    CompletableFuture<TaskEnd> close(Task task) {
        boolean succeeded = task.state().phase() == TaskPhase.SUCCEEDED;
        TokenUsage used = succeeded ? used(task) : TokenUsage.NONE;
        CompletableFuture<Outcome> outcome = outcome(task, succeeded, used);
        return outcome.handle((closed, failure) -> {
            if (failure == null) {
                note(task);
            } else {
                log.error("task {} could not be accounted for; the next start will", task.id(), failure);
            }
            return new TaskEnd(task, used, outcome);
        });
    }

    private CompletableFuture<Outcome> outcome(Task task, boolean succeeded, TokenUsage used) {
        String hold = task.bill().hold();
        Price price = succeeded ? price(task) : null;
        int units = price == null
                ? 1
                : Math.clamp(pictures(task), 1, price.units(task.bill().micro()));
        long cost = price == null ? 0 : price.cost(used, units);
        if (hold == null) {
            return CompletableFuture.completedFuture(
                    new Outcome(task.origin().requestId(), Outcome.Kind.RELEASED, 0, cost, 0));
        }
        if (succeeded) {
            return ledger.settle(hold, new Settlement(cost, used, units, "task " + task.id()));
        }
        return ledger.release(hold, "task " + task.id() + " " + task.state().phase());
    }

    /** A task that is not noted as paid for is closed again at the next start, which changes nothing then. */
    private void note(Task task) {
        try {
            board.close(task.id());
        } catch (RuntimeException e) {
            log.warn("task {} is paid for, which could not be noted", task.id(), e);
        }
    }

    private static TokenUsage used(Task task) {
        TokenUsage told = task.state().used();
        return told == null ? new TokenUsage(task.bill().inputEstimate(), 0, 0, 0, true) : told;
    }

    private @Nullable Price price(Task task) {
        if (task.bill().priceVersion() == NO_PRICE) {
            return null;
        }
        String hold = task.bill().hold();
        PriceTag tag = (hold == null ? Optional.<Charge>empty() : ledger.charge(hold))
                .map(Charge::tag)
                .orElseGet(() -> new PriceTag(
                        task.bill().priceVersion(), "", task.origin().createdAt()));
        return prices.findAt(task.origin().publicModel(), tag).orElse(null);
    }

    private static int pictures(Task task) {
        return (int) task.state().artifacts().stream()
                .filter(artifact -> artifact.kind().equals("image") && !artifact.preview())
                .count();
    }

    /** Holds again what the ledger gave back at the start of this process; blocks. */
    Task renewed(Task task) {
        String hold = task.bill().hold();
        boolean free = task.isFinal() && task.state().phase() != TaskPhase.SUCCEEDED;
        Charge charge = hold == null ? null : ledger.charge(hold).orElse(null);
        LedgerEntry outcome = charge == null ? null : charge.outcome();
        if (free || charge == null || outcome == null || outcome.kind() != LedgerEntry.Kind.RELEASE) {
            return task;
        }
        return board.hold(task, reserved(task, charge));
    }

    private @Nullable String reserved(Task task, Charge before) {
        String key = RequestId.next();
        TaskBill bill = task.bill();
        try {
            ledger.reserve(new Reservation(
                    key,
                    task.origin().userId(),
                    bill.micro(),
                    task.origin().publicModel(),
                    before.tag(),
                    before.unitAgain(),
                    clock.instant()));
            return key;
        } catch (InsufficientCredits e) {
            log.warn(
                    "task {} of user {} goes on and will cost nothing: after the restart {} micro-credits could not be"
                            + " held again",
                    task.id(),
                    task.origin().userId(),
                    bill.micro());
            return null;
        }
    }
}
