package io.patchbay.relay.call;

import io.patchbay.dialects.ChatCodecs;
import io.patchbay.relay.channel.BoundChannel;
import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.exchange.Serial;
import io.patchbay.relay.picture.CallPictures;
import io.patchbay.relay.picture.Pictures;
import io.patchbay.relay.task.Task;
import io.patchbay.relay.task.TaskEnd;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Next;
import io.patchbay.spi.Offer;
import io.patchbay.spi.Offer.ImageInput;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.chat.Wire;
import io.patchbay.spi.task.TaskOrder;
import io.patchbay.spi.task.TaskWork;
import org.jspecify.annotations.Nullable;

/** One try to answer a chat on one channel. Confined to the call's serial. */
final class ChatAttempt implements Engagement.Client, TaskErrand.Client {
    private final RelayServices services;
    private final Serial serial;
    private final ChatOrder order;
    private final RelayedChat call;
    private final Engagement engagement;
    private final String model;
    private final @Nullable String pinnedKey;
    private @Nullable TaskErrand errand;
    private @Nullable TaskAnswer answer;

    /**
     * Creates an attempt.
     *
     * @param pinnedKey the key line it must be made with, because another channel or key could not go on with the task
     *     it follows; {@code null} for any
     */
    ChatAttempt(
            RelayServices services,
            Serial serial,
            ChatOrder order,
            Channel channel,
            @Nullable String pinnedKey,
            RelayedChat call) {
        this.services = services;
        this.serial = serial;
        this.order = order;
        this.call = call;
        this.pinnedKey = pinnedKey;
        this.model = channel.mapping().upstream(order.model());
        this.engagement =
                new Engagement(services, serial, channel, order.caller().userId(), order.conversation(), this);
    }

    void start() {
        if (pinnedKey == null) {
            engagement.start();
        } else {
            engagement.start(pinnedKey);
        }
    }

    @Override
    public void ready(ChannelType type, BoundChannel channel) {
        Offer offer = engagement.guarded("offer", () -> type.offer(model, channel));
        if (offer == null) {
            engagement.fail(Fault.of(FaultKind.PLUGIN, "the plugin returned no offer"));
        } else if (offer.imageInput() == ImageInput.INLINE && CallPictures.mayBeIn(order.wire())) {
            call.pictures()
                    .inline(order.wire())
                    .thenAccept(inlined -> serial.execute(() -> inlined(type, channel, offer, inlined)));
        } else {
            chat(type, channel, offer, order.wire());
        }
    }

    private void inlined(ChannelType type, BoundChannel channel, Offer offer, Pictures.Result<Wire> inlined) {
        Wire wire = inlined.value();
        Fault fault = inlined.fault();
        if (wire != null) {
            chat(type, channel, offer, wire);
        } else if (fault != null) {
            engagement.fail(fault);
        }
    }

    private void chat(ChannelType type, BoundChannel channel, Offer offer, Wire wire) {
        if (engagement.over()) {
            return;
        }
        ChatCall asked = new UpstreamChatCall(
                order, wire, model, services.marks().of(order.caller().userId(), channel.id()));
        TaskWork work = engagement.guarded("tasks", type::tasks);
        TaskOrder ordered = work == null ? null : engagement.guarded("fromChat", () -> work.fromChat(asked, channel));
        if (work != null && ordered != null) {
            errand().submit(work, ordered, channel);
        } else if (engagement.over()) {
            return;
        } else if (ChatDrawing.suits(offer)) {
            new ChatDrawing(services, serial, engagement, call, asked).begin(type, channel);
        } else {
            Flow<ChatEvent> flow = engagement.guarded("chat", () -> type.chat(asked, channel));
            engagement.run(flow, new Host(engagement));
        }
    }

    private TaskErrand errand() {
        TaskErrand open = errand;
        if (open == null) {
            TaskErrand.Origin origin = new TaskErrand.Origin(
                    order.requestId(), order.caller(), call.admitted(), order.inputEstimate(), pinnedKey != null);
            open = new TaskErrand(services.tasks(), serial, engagement, origin, this);
            errand = open;
        }
        return open;
    }

    @Override
    public void failed(Fault fault) {
        if (errand == null || !errand.flowFailed(fault)) {
            call.faulted(fault);
        }
    }

    /**
     * The call has ended before its answer: cuts the exchange and drops the flow, unless a task was handed in.
     *
     * @return whether a task goes on, which then closes the call's reservation
     */
    boolean abandon() {
        if (errand != null) {
            return errand.leave();
        }
        engagement.abandon();
        return false;
    }

    /** Gives the lease back, as soon as nothing of the plugin runs. */
    void release() {
        if (errand == null) {
            engagement.release();
        } else {
            errand.release();
        }
    }

    /** Returns whether no other channel can answer. */
    boolean pinned() {
        return pinnedKey != null;
    }

    // ---- what a task tells that answers the chat ----

    @Override
    public void elsewhere(Channel channel, String keyLine) {
        call.moveTo(channel, keyLine);
    }

    @Override
    public void refused(Fault fault) {
        call.faulted(fault);
    }

    @Override
    public void changed(Task task) {
        answer(task).progress(task);
    }

    @Override
    public void ended(TaskEnd end) {
        answer(end.task()).end(end.task());
        call.ended(end);
    }

    private TaskAnswer answer(Task task) {
        TaskAnswer open = answer;
        if (open == null) {
            call.note("task", task.id());
            open = new TaskAnswer(call.delivery(), order.stream(), call::rest);
            answer = open;
        }
        return open;
    }

    // ---- facts ----

    Engagement engagement() {
        return engagement;
    }

    String upstreamModel() {
        return model;
    }

    private final class Host extends EngagedHost<ChatEvent> {
        Host(Engagement engagement) {
            super(engagement);
        }

        @Override
        public void event(ChatEvent event) {
            call.delivery().event(event);
        }

        @Override
        public @Nullable Speaking speak(Next.Speak action, boolean framed) {
            return call.delivery().speak(action, framed, ChatCodecs.upstream(action.dialect()));
        }

        @Override
        public void rest(Runnable resume) {
            call.rest(resume);
        }

        @Override
        public boolean contentSeen() {
            return call.delivery().content();
        }

        @Override
        public void note(String key, String value) {
            call.note(key, value);
        }

        @Override
        public void finished() {
            if (engagement.finish()) {
                call.answered();
            }
        }
    }
}
