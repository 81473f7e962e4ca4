package io.patchbay.relay.openai;

import io.patchbay.accounts.Agent;
import io.patchbay.accounts.Caller;
import io.patchbay.accounts.Callers;
import io.patchbay.billing.admission.Admitted;
import io.patchbay.dialects.openai.OpenAiChatCodec;
import io.patchbay.dialects.wire.WireBody;
import io.patchbay.dialects.wire.WireException;
import io.patchbay.foundation.problem.Problem;
import io.patchbay.foundation.request.RequestContext;
import io.patchbay.foundation.request.RequestContextFilter;
import io.patchbay.relay.call.ChatOrder;
import io.patchbay.relay.call.RelayServices;
import io.patchbay.relay.call.RelayedChat;
import io.patchbay.relay.channel.Channel;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.json.JsonBoolean;
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
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/chat/completions}. Receives, identifies, admits and routes; the answer is then pumped beneath the
 * servlet layer by {@link RelayedChat}.
 */
@Path("/chat/completions")
public final class ChatCompletionsResource {
    private static final int MAX_MODEL_NAME = 200;

    private final RelayServices services;
    private final OpenAiChatCodec codec;
    private final long maxBytes;

    /**
     * Creates the resource.
     *
     * @param maxBytes the largest request body in bytes
     */
    public ChatCompletionsResource(RelayServices services, OpenAiChatCodec codec, long maxBytes) {
        this.services = services;
        this.codec = codec;
        this.maxBytes = maxBytes;
    }

    /** Answers a chat, whole or streamed. */
    @POST
    public void create(
            InputStream in,
            @Suspended AsyncResponse suspended,
            @Context ContainerRequestContext request,
            @Context HttpServletRequest servletRequest)
            throws IOException {
        Caller caller = keyOwner(request);
        String requestId = RequestContext.id(request);
        WireBody wire = read(RequestBody.read(in, request.getLength(), maxBytes));
        ChatOrder order = order(requestId, caller, wire);
        List<Channel> candidates = services.router().candidates(order.model(), caller.group());
        if (candidates.isEmpty()) {
            throw new Problem(
                    Problem.Kind.NOT_FOUND,
                    "The model '" + order.model() + "' does not exist or you do not have access to it.",
                    Map.of("code", "model_not_found", "param", "model"));
        }
        Admitted admitted =
                services.admission().admit(caller, order.model(), order.inputEstimate(), order.maxOutput(), requestId);
        JettySink sink = new JettySink(servletRequest, Map.of(RequestContextFilter.HEADER, requestId));
        RelayedChat.begin(services, order, admitted, sink, candidates);
    }

    private static Caller keyOwner(ContainerRequestContext request) {
        Caller caller = Callers.of(request)
                .orElseThrow(() -> new Problem(
                        Problem.Kind.UNAUTHENTICATED,
                        "access denied for invalid api key",
                        Map.of("code", "invalid_api_key")));
        if (caller.agent() != Agent.API_KEY) {
            throw new Problem(
                    Problem.Kind.UNAUTHENTICATED, "access denied for invalid agent", Map.of("code", "invalid_api_key"));
        }
        return caller;
    }

    private static WireBody read(byte[] body) {
        try {
            return WireBody.read(Dialect.OPENAI_CHAT, body);
        } catch (WireException e) {
            throw new Problem(
                    Problem.Kind.BAD_REQUEST,
                    "invalid request body: " + e.getMessage(),
                    Map.of("code", "invalid_json"));
        }
    }

    private ChatOrder order(String requestId, Caller caller, WireBody wire) {
        JsonValue model = wire.get("model");
        String name = model == null ? null : model.string();
        if (name == null || name.isBlank() || name.length() > MAX_MODEL_NAME) {
            throw invalid("model", "expected the name of a model, 1 to " + MAX_MODEL_NAME + " characters");
        }
        JsonValue messages = wire.get("messages");
        if (messages == null || messages.elements().isEmpty()) {
            throw invalid("messages", "expected a list with at least one message");
        }
        boolean stream = flag(wire.get("stream"), "stream");
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
                InputEstimate.of(wire),
                maxOutput(wire),
                services.clock().instant());
    }

    private static boolean flag(@Nullable JsonValue value, String name) {
        if (value == null || value.isNull()) {
            return false;
        }
        if (value instanceof JsonBoolean flag) {
            return flag.value();
        }
        throw invalid(name, "expected true or false");
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

    private static Problem invalid(String param, String expected) {
        return new Problem(
                Problem.Kind.BAD_REQUEST,
                "invalid request body: '" + param + "': " + expected,
                Map.of("param", param, "code", "invalid_value"));
    }
}
