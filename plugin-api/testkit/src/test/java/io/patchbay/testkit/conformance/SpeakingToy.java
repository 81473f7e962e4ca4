package io.patchbay.testkit.conformance;

import io.patchbay.dialects.ChatCodecs;
import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Framing;
import io.patchbay.spi.ModelInfo;
import io.patchbay.spi.Next;
import io.patchbay.spi.Offer;
import io.patchbay.spi.Profile;
import io.patchbay.spi.Voice;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.chat.Wire;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A good plugin: an upstream that speaks OpenAI's dialect. */
final class SpeakingToy implements ChannelType {
    private static final Profile PROFILE = Profile.builder().endMarker(true).build();

    static final Set<Capability> CLAIMED = Set.of(
            Capability.CHAT,
            Capability.TOOLS,
            Capability.PARALLEL_TOOLS,
            Capability.VISION,
            Capability.REASONING,
            Capability.JSON_OUTPUT,
            Capability.SEVERAL_CHOICES,
            Capability.MODEL_LIST);

    @Override
    public ChannelDescriptor descriptor() {
        return ToyParts.descriptor("speaking-toy").build();
    }

    @Override
    public Offer offer(String model, ChannelView channel) {
        return Offer.builder()
                .dialect(Dialect.OPENAI_CHAT)
                .capability(CLAIMED.toArray(Capability[]::new))
                .imageInput(Offer.ImageInput.URL_OR_INLINE)
                .build();
    }

    @Override
    public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
        return turn -> Next.speak(
                ToyParts.request(channel).body(body(call)).build(),
                call.stream() ? Framing.SSE : Framing.WHOLE,
                Dialect.OPENAI_CHAT,
                Voice.of(PROFILE));
    }

    private static Body body(ChatCall call) {
        Wire wire = call.wire();
        if (wire != null) {
            return wire.edited(Map.of("model", JsonValue.of(call.model())), Map.of(), Set.of());
        }
        JsonObject written = ChatCodecs.upstream(Dialect.OPENAI_CHAT)
                .orElseThrow()
                .writeRequest(call.request(), call.model(), call.stream());
        return Body.json(written);
    }

    @Override
    public Flow<ModelInfo> models(ChannelView channel) {
        HttpRequest request = HttpRequest.get(channel.endpoint() + "/models")
                .header("authorization", channel.secret("key").prefixed("Bearer "))
                .build();
        return turn -> Next.ask(request, answer -> {
            if (!answer.ok()) {
                return Next.fail(answer.fault());
            }
            JsonValue body = answer.json();
            List<JsonValue> models = body == null ? List.of() : body.elements("data");
            if (models.isEmpty()) {
                return Next.fail(Fault.of(FaultKind.UPSTREAM, "no models"));
            }
            models.forEach(model ->
                    turn.emit(new ModelInfo(model.string("id", ""), model.string("owned_by", ""), model.asObject())));
            return Next.done();
        });
    }
}
