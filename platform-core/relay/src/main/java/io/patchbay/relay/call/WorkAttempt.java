package io.patchbay.relay.call;

import io.patchbay.accounts.Caller;
import io.patchbay.billing.admission.Admitted;
import io.patchbay.relay.channel.BoundChannel;
import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.exchange.Serial;
import io.patchbay.relay.routing.Choice;
import io.patchbay.relay.task.Task;
import io.patchbay.relay.task.TaskEnd;
import io.patchbay.spi.Fault;
import io.patchbay.spi.task.TaskOrder;
import io.patchbay.spi.task.TaskWork;
import org.jspecify.annotations.Nullable;

/**
 * One try to have something made on one channel that may be a task, and costs too much to be made twice. Confined to
 * the call's serial.
 *
 * @param <A> the attempts of the call
 */
abstract class WorkAttempt<A extends WorkAttempt<A>> implements Attempt, Engagement.Client, TaskErrand.Client {
    /** The call an attempt belongs to. */
    interface Call<A> {
        /** Returns what is held for the call. */
        Admitted admitted();

        /** Keeps a fact for the record. */
        void note(String key, String value);

        /** The attempt ended with a fault, and what is held is the call's. */
        void faulted(A attempt, Fault fault);

        /** Only this channel, with this key, can answer. */
        void moveTo(A attempt, Channel channel, String keyLine);

        /** A task was handed in, or has changed, and goes on. */
        void changed(A attempt, Task task);

        /** The task has ended and was paid for. */
        void ended(A attempt, TaskEnd end);
    }

    /**
     * What is asked for, as far as it is the same for all kinds of work.
     *
     * @param model the public model name
     * @param inputEstimate input tokens by estimate
     * @param conversation the client's name for its conversation, empty for none
     */
    record Asked(String requestId, Caller caller, String model, long inputEstimate, String conversation) {}

    /**
     * Where it is tried.
     *
     * @param pinned whether it must be made there, because another channel or key could not go on with the task it
     *     follows
     */
    record Place(Choice choice, boolean pinned) {}

    private final RelayServices services;
    private final Serial serial;
    private final Asked asked;
    private final Place place;
    private final Call<A> call;
    private final Engagement engagement;
    private final String model;
    private @Nullable TaskErrand errand;

    /** Prepares an attempt. */
    WorkAttempt(RelayServices services, Serial serial, Asked asked, Place place, Call<A> call) {
        Channel channel = place.choice().channel();
        this.services = services;
        this.serial = serial;
        this.asked = asked;
        this.place = place;
        this.call = call;
        this.model = channel.mapping().upstream(asked.model());
        this.engagement =
                new Engagement(services, serial, channel, asked.caller().userId(), asked.conversation(), this);
    }

    /** Returns this very attempt. */
    abstract A self();

    @Override
    public final void start() {
        engagement.start(place.choice().key());
    }

    /** Hands the work in. */
    final void submit(TaskWork work, TaskOrder ordered, BoundChannel channel) {
        TaskErrand open = errand;
        if (open == null) {
            TaskErrand.Origin origin = new TaskErrand.Origin(
                    asked.requestId(), asked.caller(), call.admitted(), asked.inputEstimate(), place.pinned());
            open = new TaskErrand(services.tasks(), serial, engagement, origin, this);
            errand = open;
        }
        open.submit(work, ordered, channel);
    }

    @Override
    public final void failed(Fault fault) {
        if (errand == null || !errand.flowFailed(fault)) {
            call.faulted(self(), fault);
        }
    }

    // ---- what the task tells ----

    @Override
    public final void elsewhere(Channel channel, String keyLine) {
        call.moveTo(self(), channel, keyLine);
    }

    @Override
    public final void refused(Fault fault) {
        call.faulted(self(), fault);
    }

    @Override
    public final void changed(Task task) {
        call.note("task", task.id());
        call.changed(self(), task);
    }

    @Override
    public final void ended(TaskEnd end) {
        call.note("task", end.task().id());
        call.ended(self(), end);
    }

    // ---- the end ----

    @Override
    public final boolean abandon() {
        if (errand != null) {
            return errand.leave();
        }
        engagement.abandon();
        return false;
    }

    @Override
    public final void release() {
        place.choice().permit().close();
        if (errand == null) {
            engagement.release();
        } else {
            errand.release();
        }
    }

    // ---- facts ----

    @Override
    public final boolean pinned() {
        return place.pinned();
    }

    @Override
    public final boolean mayBeDoubled() {
        return false;
    }

    @Override
    public final Choice choice() {
        return place.choice();
    }

    @Override
    public final Engagement engagement() {
        return engagement;
    }

    @Override
    public final String upstreamModel() {
        return model;
    }

    final Serial serial() {
        return serial;
    }
}
