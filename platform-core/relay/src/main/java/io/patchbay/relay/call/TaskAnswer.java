package io.patchbay.relay.call;

import io.patchbay.billing.TokenUsage;
import io.patchbay.relay.task.Task;
import io.patchbay.spi.Usage;
import io.patchbay.spi.chat.ChatEvent;
import java.util.function.Consumer;

/**
 * The answer of a chat that is a task: while it goes on, a stream is told the progress in a fenced block, one number a
 * line; at the end come products and buttons. Confined to the call's serial.
 */
final class TaskAnswer {
    private static final String OPEN = "```progress\n";
    private static final String CLOSE = "```\n\n";

    private final ChatDelivery delivery;
    private final boolean stream;
    private final Consumer<Runnable> rest;
    private int told = -1;
    private boolean writing;

    /**
     * Creates an answer.
     *
     * @param rest writes what the delivery has, and then runs what it was given
     */
    TaskAnswer(ChatDelivery delivery, boolean stream, Consumer<Runnable> rest) {
        this.delivery = delivery;
        this.stream = stream;
        this.rest = rest;
    }

    /** Tells a stream how far a running task is; numbers that did not grow are not told. */
    void progress(Task task) {
        if (stream) {
            percent(Math.max(0, task.state().progress()));
            write();
        }
    }

    private void percent(int percent) {
        if (percent > told) {
            String line = percent + "\n";
            delivery.event(new ChatEvent.Text(told < 0 ? OPEN + line : line));
            told = percent;
        }
    }

    /** What comes while a write is under way goes with the next one. */
    private void write() {
        if (!writing && delivery.hasOutput()) {
            writing = true;
            rest.accept(() -> {
                writing = false;
                write();
            });
        }
    }

    /**
     * Completes the answer; what is new is written with its end. The reason of a failure follows in another way, so
     * here only the block of numbers is ended.
     */
    void end(Task task) {
        boolean succeeded = task.state().fault() == null;
        if (told >= 0) {
            percent(succeeded ? 100 : told);
            delivery.event(new ChatEvent.Text(CLOSE));
        }
        if (succeeded) {
            products(task);
        }
    }

    private void products(Task task) {
        String text = TaskText.of(task);
        if (!text.isEmpty()) {
            delivery.event(new ChatEvent.Text(text));
        }
        delivery.event(new ChatEvent.Extra(0, TaskText.members(task)));
        TokenUsage used = task.state().used();
        if (used != null) {
            delivery.event(new ChatEvent.Used(Usage.builder()
                    .input(used.input())
                    .output(used.output())
                    .cachedInput(used.cached())
                    .reasoning(used.reasoning())
                    .build()));
        }
        delivery.event(new ChatEvent.Finish("stop"));
    }
}
