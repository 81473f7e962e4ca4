package io.patchbay.relay.call;

import io.patchbay.dialects.ChatCodecs;
import io.patchbay.relay.channel.BoundChannel;
import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.edit.ChannelEdits;
import io.patchbay.relay.exchange.Serial;
import io.patchbay.relay.routing.Choice;
import io.patchbay.relay.task.Task;
import io.patchbay.relay.task.TaskEnd;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.Fault;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Next;
import io.patchbay.spi.Offer;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.chat.Wire;
import io.patchbay.spi.task.TaskOrder;
import io.patchbay.spi.task.TaskWork;
import org.jspecify.annotations.Nullable;

/** One try to answer a chat on one channel. Confined to the call's serial. */
final class ChatAttempt implements Attempt, Engagement.Client, TaskErrand.Client {
    private final RelayServices services;
    private final Serial serial;
    private final ChatOrder order;
    private final RelayedChat call;
    private final Engagement engagement;
    private final ChatDelivery delivery;
    private final String model;
    private final Choice choice;
    private final boolean pinned;
    private boolean drawing;
    private @Nullable TaskErrand errand;
    private @Nullable TaskAnswer answer;

    /**
     * Creates an attempt.
     *
     * @param delivery takes what comes of it
     * @param pinned whether it must be made there, because another channel or key could not go on with the task it follows
     */
    ChatAttempt(
            RelayServices services,
            Serial serial,
            ChatOrder order,
            ChatDelivery delivery,
            Choice choice,
            boolean pinned,
            RelayedChat call) {
        this.services = services;
        this.serial = serial;
        this.order = order;
        this.delivery = delivery;
        this.call = call;
        this.choice = choice;
        this.pinned = pinned;
        this.model = choice.channel().mapping().upstream(order.model());
        this.engagement = new Engagement(
                services, serial, choice.channel(), order.caller().userId(), order.conversation(), this);
    }

    @Override
    public void start() {
        engagement.start(choice.key());
    }

    @Override
    public void ready(ChannelType type, BoundChannel channel) {
        new FittedChat(engagement, serial, call::pictures, order.wire())
                .then(type, channel, model, (offer, fitted) -> chat(type, channel, offer, fitted));
    }

    /** The pictures are those of the client, whatever channel wants them first; what a channel changes comes after. */
    private void chat(ChannelType type, BoundChannel channel, Offer offer, Wire fitted) {
        if (engagement.over()) {
            return;
        }
        Wire wire = ChannelEdits.of(choice.channel().settings()).apply(fitted);
        ChatCall asked = new UpstreamChatCall(
                order, wire, model, services.marks().of(order.caller().userId(), channel.id()));
        TaskWork work = engagement.guarded("tasks", type::tasks);
        TaskOrder ordered = work == null ? null : engagement.guarded("fromChat", () -> work.fromChat(asked, channel));
        if (work != null && ordered != null) {
            errand().submit(work, ordered, channel);
        } else if (engagement.over()) {
            return;
        } else if (ChatDrawing.suits(offer)) {
            drawing = true;
            new ChatDrawing(services, serial, this, call, asked).begin(type, channel);
        } else {
            Flow<ChatEvent> flow = engagement.guarded("chat", () -> type.chat(asked, channel));
            engagement.run(flow, new Host(engagement));
        }
    }

    private TaskErrand errand() {
        TaskErrand open = errand;
        if (open == null) {
            TaskErrand.Origin origin = new TaskErrand.Origin(
                    order.requestId(), order.caller(), call.admitted(), order.inputEstimate(), pinned);
            open = new TaskErrand(services.tasks(), serial, engagement, origin, this);
            errand = open;
        }
        return open;
    }

    @Override
    public void failed(Fault fault) {
        if (errand == null || !errand.flowFailed(fault)) {
            call.faulted(this, fault);
        }
    }

    @Override
    public boolean abandon() {
        if (errand != null) {
            return errand.leave();
        }
        engagement.abandon();
        return false;
    }

    @Override
    public void release() {
        choice.permit().close();
        if (errand == null) {
            engagement.release();
        } else {
            errand.release();
        }
    }

    @Override
    public boolean pinned() {
        return pinned;
    }

    /** Pictures and tasks cost too much to be made twice. */
    @Override
    public boolean mayBeDoubled() {
        return errand == null && !drawing;
    }

    /** The answer is complete. */
    void answered() {
        call.answered(this);
    }

    // ---- what a task tells that answers the chat ----

    @Override
    public void elsewhere(Channel channel, String keyLine) {
        call.moveTo(this, channel, keyLine);
    }

    @Override
    public void refused(Fault fault) {
        call.faulted(this, fault);
    }

    @Override
    public void changed(Task task) {
        answer(task).progress(task);
    }

    @Override
    public void ended(TaskEnd end) {
        answer(end.task()).end(end.task());
        call.ended(this, end);
    }

    private TaskAnswer answer(Task task) {
        TaskAnswer open = answer;
        if (open == null) {
            call.note("task", task.id());
            open = new TaskAnswer(delivery, order.stream(), resume -> call.rest(this, resume));
            answer = open;
        }
        return open;
    }

    // ---- facts ----

    /** Returns what takes the answer. */
    ChatDelivery delivery() {
        return delivery;
    }

    @Override
    public Choice choice() {
        return choice;
    }

    @Override
    public Engagement engagement() {
        return engagement;
    }

    @Override
    public String upstreamModel() {
        return model;
    }

    private final class Host extends EngagedHost<ChatEvent> {
        Host(Engagement engagement) {
            super(engagement);
        }

        @Override
        public void event(ChatEvent event) {
            delivery.event(event);
        }

        @Override
        public @Nullable Speaking speak(Next.Speak action, boolean framed) {
            return delivery.speak(action, framed, ChatCodecs.upstream(action.dialect()));
        }

        @Override
        public void rest(Runnable resume) {
            call.rest(ChatAttempt.this, resume);
        }

        @Override
        public boolean contentSeen() {
            return delivery.content();
        }

        @Override
        public void note(String key, String value) {
            call.note(key, value);
        }

        @Override
        public void finished() {
            if (engagement.finish()) {
                answered();
            }
        }
    }
}
