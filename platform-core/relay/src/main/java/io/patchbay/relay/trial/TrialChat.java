package io.patchbay.relay.trial;

import io.patchbay.dialects.ChatCodecs;
import io.patchbay.dialects.UpstreamCodec;
import io.patchbay.relay.call.RelayServices;
import io.patchbay.relay.channel.BoundChannel;
import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.exchange.FlowHost;
import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Next;
import io.patchbay.spi.Offer;
import io.patchbay.spi.Profile;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.task.TaskWork;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One live chat. A model that does not chat is found out before anything is sent, and then nothing is. */
final class TrialChat extends Inquiry<ChatEvent, TrialReport> {
    /** Of how many models it is asked whether they chat, to find one. */
    private static final int MOST_LOOKED_AT = 200;

    private final RelayServices services;
    private final Channel channel;
    private final TrialOrder order;
    private final long user;
    private TrialAnswer answer = new TrialAnswer();
    private String model = "";
    private boolean unfit;
    private long firstContent = -1;

    TrialChat(RelayServices services, Channel channel, ChosenKey key, TrialOrder order, long user) {
        super(services, channel, key, user, order.patience());
        this.services = services;
        this.channel = channel;
        this.order = order;
        this.user = user;
    }

    @Override
    @Nullable
    Flow<ChatEvent> open(ChannelType type, BoundChannel bound) {
        startOver();
        String chosen = model(type, bound);
        if (chosen == null) {
            if (!over()) {
                fail(Fault.of(FaultKind.CONFIG, "the channel lists no model; add one, or name one to try"));
            }
            return null;
        }
        model = chosen;
        TrialCall call = TrialCall.of(order, channel, model, services.marks().of(user, channel.id()));
        Boolean fits = guarded("offer", () -> chats(type, bound, call));
        if (fits == null) {
            return null;
        }
        if (!fits) {
            unfit = true;
            conclude();
            return null;
        }
        return guarded("chat", () -> type.chat(call, bound));
    }

    /** Returns the model to try: the one that was asked for, else the first that chats, else the first. */
    private @Nullable String model(ChannelType type, BoundChannel bound) {
        String asked = order.model();
        if (asked != null) {
            return asked;
        }
        List<String> offered = channel.offered();
        List<String> models = offered.isEmpty()
                ? guarded("descriptor", () -> type.descriptor().templateModels())
                : offered;
        if (models == null || models.isEmpty()) {
            return null;
        }
        for (String candidate : models.subList(0, Math.min(models.size(), MOST_LOOKED_AT))) {
            Offer offer = guarded("offer", () -> type.offer(channel.mapping().upstream(candidate), bound));
            if (offer == null) {
                return over() ? null : candidate;
            }
            if (offer.has(Capability.CHAT)) {
                return candidate;
            }
        }
        return models.getFirst();
    }

    private static boolean chats(ChannelType type, BoundChannel bound, TrialCall call) {
        TaskWork work = type.tasks();
        // What becomes a task is paid work that takes minutes: nothing to try with.
        return type.offer(call.model(), bound).has(Capability.CHAT)
                && (work == null || work.fromChat(call, bound) == null);
    }

    private void startOver() {
        answer = new TrialAnswer();
        firstContent = -1;
    }

    @Override
    void event(ChatEvent event) {
        boolean before = answer.content();
        answer.see(event);
        if (!before && answer.content()) {
            firstContent = millis();
            step("first content", "");
        }
    }

    @Override
    FlowHost.@Nullable Speaking speak(Next.Speak action, boolean framed) {
        UpstreamCodec codec = ChatCodecs.upstream(action.dialect()).orElse(null);
        if (codec == null) {
            return null;
        }
        if (!answer.content()) {
            // A plugin may ask again before any content came.
            startOver();
        }
        Profile profile = action.voice().profile();
        return answer.decoded(framed ? codec.decoder(profile) : codec.wholeDecoder(profile), this::event);
    }

    @Override
    boolean contentSeen() {
        return answer.content();
    }

    @Override
    @Nullable
    Fault incomplete() {
        return answer.complete()
                ? null
                : Fault.of(FaultKind.TRUNCATED, "the upstream's answer ended before it was complete");
    }

    @Override
    TrialReport report(@Nullable Fault fault, InquiryFacts facts) {
        return new TrialReport(
                unfit ? TrialReport.Check.NONE : TrialReport.Check.CHAT,
                model,
                channel.mapping().upstream(model),
                channel.offered().contains(model),
                order.stream(),
                unfit ? null : answer.told(this::cleaned, firstContent),
                null,
                fault,
                facts);
    }
}
