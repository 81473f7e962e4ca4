package io.patchbay.relay.openai;

import io.patchbay.accounts.Caller;
import io.patchbay.billing.admission.Admitted;
import io.patchbay.billing.admission.Wish;
import io.patchbay.dialects.openai.OpenAiChatCodec;
import io.patchbay.dialects.wire.WireBody;
import io.patchbay.foundation.request.RequestContext;
import io.patchbay.foundation.request.RequestContextFilter;
import io.patchbay.relay.call.ChatOrder;
import io.patchbay.relay.call.RelayServices;
import io.patchbay.relay.call.RelayedChat;
import io.patchbay.relay.routing.CallThread;
import io.patchbay.relay.routing.CallThreads;
import io.patchbay.relay.routing.Route;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.json.JsonValue;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * {@code POST /v1/chat/completions}. Receives, identifies, admits and routes; the answer is then pumped beneath the
 * servlet layer by {@link RelayedChat}.
 */
@Path("/chat/completions")
public final class ChatCompletionsResource {
    private final RelayServices services;
    private final OpenAiChatCodec codec;
    private final Intake intake;

    ChatCompletionsResource(RelayServices services, OpenAiChatCodec codec, Intake intake) {
        this.services = services;
        this.codec = codec;
        this.intake = intake;
    }

    /** Answers a chat, whole or streamed. */
    @POST
    public void create(
            InputStream in,
            @Suspended AsyncResponse suspended,
            @Context ContainerRequestContext request,
            @Context HttpServletRequest servletRequest)
            throws IOException {
        Intake.Arrival arrival = intake.receive(in, request, servletRequest);
        Caller caller = arrival.caller();
        String requestId = RequestContext.id(request);
        WireBody wire = RelayRequest.wire(Dialect.OPENAI_CHAT, arrival.body());
        ChatOrder order = order(requestId, caller, wire, RelayRequest.conversation(request));
        CallThread thread = CallThreads.of(caller.userId(), order.model(), order.conversation(), wire.raw("messages"));
        Route route = RelayRequest.route(services.router(), order.model(), caller, thread);
        Admitted admitted = services.admission()
                .admit(new Wish(caller, order.model(), order.inputEstimate(), order.maxOutput(), requestId));
        JettySink sink = new JettySink(servletRequest, Map.of(RequestContextFilter.HEADER, requestId));
        RelayedChat.begin(services, order, admitted, sink, route);
    }

    private ChatOrder order(String requestId, Caller caller, WireBody wire, String conversation) {
        JsonValue model = wire.get("model");
        String name = RelayRequest.model(model == null ? null : model.string());
        JsonValue messages = wire.get("messages");
        if (messages == null || messages.elements().isEmpty()) {
            throw RelayRequest.invalid("messages", "expected a list with at least one message");
        }
        boolean stream = RelayRequest.flag(wire.get("stream"), "stream");
        JsonValue options = wire.get("stream_options");
        boolean usageAsked = stream && options != null && options.flag("include_usage", false);
        return new ChatOrder(
                requestId,
                caller,
                codec,
                wire,
                name,
                stream,
                usageAsked,
                InputEstimate.of(wire, name, services.tokens()),
                maxOutput(wire),
                conversation,
                services.clock().instant());
    }

    private static long maxOutput(WireBody wire) {
        for (String name : List.of("max_completion_tokens", "max_tokens")) {
            JsonValue value = wire.get(name);
            if (value != null && value.number() != null) {
                return Math.max(
                        0,
                        value.number()
                                .min(java.math.BigDecimal.valueOf(10_000_000))
                                .longValue());
            }
        }
        return 0;
    }
}
