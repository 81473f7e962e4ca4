package io.patchbay.relay.call;

import io.patchbay.relay.channel.BoundChannel;
import io.patchbay.relay.exchange.Serial;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.Wire;
import io.patchbay.spi.task.TaskOrder;
import io.patchbay.spi.task.TaskWork;

/** One try to have a video made on one channel. Confined to the call's serial. */
final class VideoAttempt extends WorkAttempt<VideoAttempt> {
    private final RelayServices services;
    private final VideoOrder order;
    private final RelayedVideo call;
    private final Engagement engagement;

    /** Prepares an attempt. */
    VideoAttempt(RelayServices services, Serial serial, VideoOrder order, Place place, RelayedVideo call) {
        super(
                services,
                serial,
                new Asked(
                        order.chat().requestId(),
                        order.chat().caller(),
                        order.chat().model(),
                        order.chat().inputEstimate(),
                        order.chat().conversation()),
                place,
                call);
        this.services = services;
        this.order = order;
        this.call = call;
        this.engagement = engagement();
    }

    @Override
    VideoAttempt self() {
        return this;
    }

    @Override
    public void ready(ChannelType type, BoundChannel channel) {
        if (!order.unused().isEmpty()) {
            engagement.dropped(order.unused());
        }
        new FittedChat(engagement, serial(), call::pictures, order.chat().wire())
                .then(type, channel, upstreamModel(), (offer, wire) -> order(type, channel, wire));
    }

    private void order(ChannelType type, BoundChannel channel, Wire wire) {
        long user = order.chat().caller().userId();
        ChatCall asked = new UpstreamChatCall(
                order.chat(), wire, upstreamModel(), services.marks().of(user, channel.id()));
        TaskWork work = engagement.guarded("tasks", type::tasks);
        TaskOrder ordered = work == null ? null : engagement.guarded("fromChat", () -> work.fromChat(asked, channel));
        if (work != null && ordered != null) {
            submit(work, ordered, channel);
        } else {
            engagement.fail(Fault.of(
                    FaultKind.UNSUPPORTED,
                    "the model \"" + order.chat().model() + "\" makes no videos here; ask for one that does"));
        }
    }
}
