package io.patchbay.relay.call;

import io.patchbay.billing.TokenUsage;
import io.patchbay.billing.admission.Admitted;
import io.patchbay.relay.routing.Route;
import io.patchbay.relay.task.Task;
import io.patchbay.relay.task.TaskEnd;
import io.patchbay.relay.task.TaskFault;

/**
 * One client's order of a video. It is answered as soon as an upstream has accepted the work; from then on the task
 * goes on by itself and closes the reservation at its end.
 */
public final class RelayedVideo extends RelayedWork<VideoAttempt> {
    private final VideoOrder order;

    private RelayedVideo(RelayServices services, VideoOrder order, Admitted admitted, ClientSink sink, Route route) {
        super(
                services,
                new CallBooks.Heading(
                        order.chat().requestId(),
                        order.chat().caller(),
                        order.chat().model(),
                        false,
                        order.chat().startedAt()),
                order.chat().codec(),
                admitted,
                sink,
                route);
        this.order = order;
    }

    /** Begins an admitted call; returns at once. */
    public static void begin(
            RelayServices services, VideoOrder order, Admitted admitted, ClientSink sink, Route route) {
        new RelayedVideo(services, order, admitted, sink, route).begin();
    }

    @Override
    VideoAttempt attempt(WorkAttempt.Place place) {
        return new VideoAttempt(services, serial, order, place, this);
    }

    @Override
    public void changed(VideoAttempt attempt, Task task) {
        if (ends(attempt)) {
            attempts.answered(attempt);
            books.firstContent();
            // The call leaves its task, as one does whose client has gone.
            attempts.cut();
            answered(order.written().apply(task), TokenUsage.NONE, leftToTask());
        }
    }

    /** Some upstreams are done before they have answered the order. */
    @Override
    public void ended(VideoAttempt attempt, TaskEnd end) {
        if (!ends(attempt)) {
            return;
        }
        TaskFault fault = end.task().state().fault();
        if (fault == null) {
            attempts.answered(attempt);
            books.firstContent();
            answered(order.written().apply(end.task()), end.used(), end.outcome());
        } else {
            attempt.choice().permit().failed(fault.toFault());
            failed(fault.toFault(), end.outcome(), end.used());
        }
    }
}
