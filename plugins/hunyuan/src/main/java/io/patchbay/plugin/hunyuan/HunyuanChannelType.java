package io.patchbay.plugin.hunyuan;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Offer;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.media.EmbeddingCall;
import io.patchbay.spi.media.Embeddings;
import io.patchbay.toolkit.ChatSettings;
import io.patchbay.toolkit.DialectChat;
import io.patchbay.toolkit.DialectMedia;
import io.patchbay.toolkit.data.ChannelTypeFile;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Tencent's Hunyuan, by the surface the endpoint and the credential mean. */
@Component(service = ChannelType.class)
public final class HunyuanChannelType implements ChannelType {
    /**
     * The lost fields are the signed APIs'; the surface in OpenAI's dialect takes them as
     * they are. Errors are by the cloud API's page "Error codes", read 2026-11.
     */
    private static final ChannelTypeFile FILE = ChannelTypeFile.of(HunyuanChannelType.class);

    @Override
    public ChannelDescriptor descriptor() {
        return FILE.descriptor();
    }

    @Override
    public Offer offer(String model, ChannelView channel) {
        Hunyuan.Surface surface = new Hunyuan(channel).surface();
        HunyuanModel known = new HunyuanModel(model);
        if (surface == Hunyuan.Surface.OLD) {
            return Offer.CHAT;
        }
        if (known.makesVectors()) {
            return Offer.builder().capability(Capability.EMBEDDINGS).build();
        }
        Offer.Builder offer = Offer.builder()
                .capability(Capability.CHAT, Capability.TOOLS, Capability.PARALLEL_TOOLS, Capability.WEB_SEARCH);
        if (surface == Hunyuan.Surface.OPEN) {
            offer.dialect(Dialect.OPENAI_CHAT);
        }
        if (known.thinks()) {
            offer.capability(Capability.REASONING);
        }
        if (known.sees()) {
            offer.capability(Capability.VISION).imageInput(Offer.ImageInput.URL_OR_INLINE);
        }
        return offer.build();
    }

    @Override
    public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
        Hunyuan hunyuan = new Hunyuan(channel);
        return FILE.faults()
                .over(
                        switch (hunyuan.surface()) {
                            case CLOUD -> new CloudChat(call, hunyuan);
                            case OLD -> new OldChat(call, hunyuan);
                            case OPEN -> open(call, hunyuan);
                        });
    }

    private static Flow<ChatEvent> open(ChatCall call, Hunyuan hunyuan) {
        DialectChat chat = FILE.chat(call, () -> hunyuan.open("chat/completions"))
                .setting("model", JsonValue.of(new HunyuanModel(call.model()).sent()))
                .askingAgain();
        return ChatSettings.of(call).has("web_search_options")
                ? chat.replacing("web_search_options", "enable_enhancement", JsonValue.of(true))
                        .setting("search_info", JsonValue.of(true))
                        .setting("citation", JsonValue.of(true))
                : chat;
    }

    @Override
    public Flow<Embeddings> embed(EmbeddingCall call, ChannelView channel) {
        Hunyuan hunyuan = new Hunyuan(channel);
        if (hunyuan.surface() != Hunyuan.Surface.OPEN || !new HunyuanModel(call.model()).makesVectors()) {
            return Flow.unsupported("embeddings by this model or with this kind of key");
        }
        return DialectMedia.embeddings(call, hunyuan.open("embeddings"), Set.of("dimensions"));
    }
}
