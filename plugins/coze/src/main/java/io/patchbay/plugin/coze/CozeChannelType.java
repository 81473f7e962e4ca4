package io.patchbay.plugin.coze;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Offer;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.toolkit.VendorFaults;
import org.osgi.service.component.annotations.Component;

/** Bots of Coze, and its chatflows and workflows. */
@Component(service = ChannelType.class)
public final class CozeChannelType implements ChannelType {
    private static final Offer TEXT =
            Offer.builder().capability(Capability.CHAT).build();
    private static final Offer BOT = Offer.builder()
            .capability(Capability.CHAT, Capability.VISION, Capability.REASONING)
            .imageInput(Offer.ImageInput.URL_OR_INLINE)
            .build();

    /** Coze's error codes page, read 2026-11. */
    private static final VendorFaults FAULTS = VendorFaults.NONE
            .code(FaultKind.BAD_REQUEST, "4000")
            .code(FaultKind.RATE, "4012", "4013", "4016", "4019")
            .code(FaultKind.QUOTA, "4011", "402*")
            .code(FaultKind.NO_ACCESS, "4015", "4101", "4200")
            .code(FaultKind.KEY_DEAD, "4100", "700012006", "700012014")
            .code(FaultKind.UPSTREAM, "4301", "5000", "720702*")
            // The codes of content reviews are many; their words are few.
            .words(FaultKind.CONTENT, "sensitive", "*")
            .words(FaultKind.CONTENT, "illegal content", "*")
            .words(FaultKind.CONTENT, "敏感", "*")
            .words(FaultKind.CONTENT, "违规", "*");

    @Override
    public ChannelDescriptor descriptor() {
        return CozeDescriptor.INSTANCE;
    }

    @Override
    public Offer offer(String model, ChannelView channel) {
        return Target.of(model).kind() == Target.Kind.WORKFLOW ? TEXT : BOT;
    }

    @Override
    public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
        Target target = Target.of(call.model());
        return FAULTS.over(
                target.kind() == Target.Kind.WORKFLOW
                        ? new WorkflowRun(call, target, channel)
                        : new CozeChat(call, target, channel));
    }
}
