package io.patchbay.plugin.anthropic;

import io.patchbay.dialects.anthropic.ClaudeModel;
import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.Flow;
import io.patchbay.spi.ModelInfo;
import io.patchbay.spi.Offer;
import io.patchbay.spi.Offer.ImageInput;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.Flows;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** Anthropic's API, and whoever else serves it. */
@Component(service = ChannelType.class)
public final class AnthropicChannelType implements ChannelType {
    @Override
    public ChannelDescriptor descriptor() {
        return AnthropicDescriptor.INSTANCE;
    }

    @Override
    public Offer offer(String model, ChannelView channel) {
        ClaudeModel claude = ClaudeModel.of(model);
        Offer.Builder offer =
                Offer.builder().dialect(Dialect.ANTHROPIC_MESSAGES).capability(Capability.CHAT, Capability.MODEL_LIST);
        if (claude.callsTools()) {
            offer.capability(Capability.TOOLS, Capability.PARALLEL_TOOLS);
        }
        if (claude.takesPictures()) {
            offer.capability(Capability.VISION).imageInput(ImageInput.URL_OR_INLINE);
        }
        if (claude.thinks() || !claude.isClaude()) {
            offer.capability(Capability.REASONING);
        }
        if (claude.bindsToSchema()) {
            offer.capability(Capability.JSON_OUTPUT);
        }
        return offer.build();
    }

    @Override
    public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
        return new MessagesFlow(call, new Upstream(channel));
    }

    @Override
    public Flow<ModelInfo> models(ChannelView channel) {
        Upstream upstream = new Upstream(channel);
        return Flows.pages(upstream.models(null), answer -> page(answer, upstream));
    }

    private static Flows.@Nullable Page<ModelInfo> page(Answer answer, Upstream upstream) {
        JsonValue body = answer.json();
        if (body == null || !(body.get("data") instanceof JsonArray list)) {
            return null;
        }
        List<ModelInfo> models = new ArrayList<>();
        for (JsonValue entry : list.elements()) {
            String id = entry.string("id");
            if (id != null) {
                models.add(new ModelInfo(id, "anthropic", entry.asObject()));
            }
        }
        String last = body.string("last_id");
        return body.flag("has_more", false) && last != null
                ? new Flows.Page<>(models, upstream.models(last))
                : Flows.Page.last(models);
    }
}
