package io.patchbay.plugin.dify;

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

/** Apps and agents of Dify: one key is one published app. */
@Component(service = ChannelType.class)
public final class DifyChannelType implements ChannelType {
    private static final Offer OFFER = Offer.builder()
            .capability(Capability.CHAT, Capability.VISION, Capability.REASONING)
            .imageInput(Offer.ImageInput.URL_OR_INLINE)
            .build();

    /** Dify's service API, error codes of its app routes, read 2026-11. */
    private static final VendorFaults FAULTS = VendorFaults.NONE
            .code(FaultKind.KEY_DEAD, "unauthorized")
            .code(FaultKind.BAD_REQUEST, "invalid_param", "bad_request", "not_found", "conversation_*")
            .code(FaultKind.NO_ACCESS, "app_unavailable", "not_chat_app", "not_completion_app", "not_workflow_app")
            .code(FaultKind.NO_ACCESS, "agent_not_published", "workflow_version_execution_not_allowed")
            .code(FaultKind.NO_ACCESS, "provider_not_initialize", "model_currently_not_support")
            .code(FaultKind.QUOTA, "provider_quota_exceeded", "rate_limit_error")
            .code(FaultKind.RATE, "too_many_requests")
            // Such an error quotes the app's own model provider; only these words tell something about the question.
            .words(FaultKind.TOO_LONG, "context length", "completion_request_error")
            .words(FaultKind.TOO_LONG, "context window", "completion_request_error")
            .words(FaultKind.CONTENT, "content policy", "completion_request_error")
            .words(FaultKind.CONTENT, "content management policy", "completion_request_error")
            .code(FaultKind.UPSTREAM, "completion_request_error", "internal_server_error");

    @Override
    public ChannelDescriptor descriptor() {
        return DifyDescriptor.INSTANCE;
    }

    @Override
    public Offer offer(String model, ChannelView channel) {
        return OFFER;
    }

    @Override
    public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
        return FAULTS.over(new DifyChat(call, channel));
    }
}
