package io.patchbay.relay.call;

import io.patchbay.relay.channel.BoundChannel;
import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.exchange.Serial;
import io.patchbay.relay.task.Task;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.task.TaskWork;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One short flow of a task's work, with an engagement and a serial of its own, to which it is confined.
 *
 * @param <E> the events of the flow
 */
abstract class TaskEntry<E> implements Engagement.Client {
    private static final Logger log = LoggerFactory.getLogger(TaskEntry.class);

    private final Serial serial = new Serial();
    private final Engagement engagement;
    private final String what;

    /**
     * Prepares an entry.
     *
     * @param what names the flow, for messages
     */
    TaskEntry(RelayServices services, Task task, Channel channel, String what) {
        this.engagement =
                new Engagement(services, serial, channel, task.origin().userId(), "", this);
        this.what = what;
    }

    /** Begins with that key; returns at once. */
    final void start(String keyLine) {
        serial.execute(() -> engagement.start(keyLine));
    }

    /** Returns the flow, {@code null} when the work knows no such thing. */
    abstract @Nullable Flow<E> flow(TaskWork work, BoundChannel channel);

    /** Returns who takes what the flow tells. */
    abstract EngagedHost<E> host();

    /** There is no such flow. */
    abstract void nothing();

    /** The entry has ended, with a fault or well; the engagement is given back already. Called once. */
    abstract void ended(@Nullable Fault fault);

    @Override
    public final void ready(ChannelType type, BoundChannel channel) {
        TaskWork work = engagement.guarded("tasks", type::tasks);
        if (work == null) {
            engagement.fail(Fault.of(FaultKind.CONFIG, "the plugin of the channel does no tasks any more"));
            return;
        }
        Flow<E> flow = engagement.guarded(what, () -> flow(work, channel));
        if (flow != null) {
            engagement.run(flow, host());
        } else if (!engagement.over()) {
            nothing();
        }
    }

    @Override
    public final void failed(Fault fault) {
        over(fault);
    }

    /** Ends the entry well, unless it has ended already. */
    final void finish() {
        if (engagement.finish()) {
            over(null);
        }
    }

    /** Ends the entry with a fault, and cuts what is open, unless it has ended already. */
    final void cut(Fault fault) {
        if (!engagement.over()) {
            engagement.abandon();
            over(fault);
        }
    }

    private void over(@Nullable Fault fault) {
        engagement.release();
        ended(fault);
    }

    final Serial serial() {
        return serial;
    }

    final Engagement engagement() {
        return engagement;
    }

    /** What the hosts of all entries have in common. */
    abstract class Host extends EngagedHost<E> {
        Host() {
            super(engagement);
        }

        @Override
        public void note(String key, String value) {
            log.debug("{} of a task: {}={}", what, key, value);
        }

        @Override
        public void finished() {
            finish();
        }
    }
}
