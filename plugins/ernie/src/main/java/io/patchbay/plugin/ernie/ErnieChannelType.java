package io.patchbay.plugin.ernie;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Minted;
import io.patchbay.spi.ModelInfo;
import io.patchbay.spi.Offer;
import io.patchbay.spi.Secret;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.media.EmbeddingCall;
import io.patchbay.spi.media.Embeddings;
import io.patchbay.toolkit.DialectMedia;
import io.patchbay.toolkit.ModelList;
import io.patchbay.toolkit.data.ChannelTypeFile;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** Baidu Qianfan. */
@Component(service = ChannelType.class)
public final class ErnieChannelType implements ChannelType {
    /** The lost fields are the old API's: the current one takes OpenAI's fields as they are. */
    static final ChannelTypeFile FILE = ChannelTypeFile.of(ErnieChannelType.class);

    private static final Offer OLD = Offer.builder()
            .capability(Capability.CHAT, Capability.TOOLS, Capability.JSON_OUTPUT)
            .build();

    @Override
    public ChannelDescriptor descriptor() {
        return FILE.descriptor();
    }

    @Override
    public Offer offer(String model, ChannelView channel) {
        Offer offer = FILE.offer(model);
        return new Qianfan(channel).old() && offer.has(Capability.CHAT) ? OLD : offer;
    }

    @Override
    public @Nullable Flow<Minted> mint(ChannelView channel) {
        Qianfan qianfan = new Qianfan(channel);
        if (!qianfan.paired()) {
            return null;
        }
        return ErnieFaults.ALL.over(qianfan.old() ? Tokens.old(qianfan) : Tokens.current(qianfan));
    }

    @Override
    public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
        Qianfan qianfan = new Qianfan(channel);
        Secret token = qianfan.token();
        if (token == null) {
            return Flow.failed(noToken());
        }
        return qianfan.old()
                ? ErnieFaults.OLD.over(new OldChat(call, qianfan, token))
                : ErnieFaults.of(qianfan).over(CurrentChat.of(call, qianfan));
    }

    @Override
    public Flow<Embeddings> embed(EmbeddingCall call, ChannelView channel) {
        Qianfan qianfan = new Qianfan(channel);
        Secret token = qianfan.token();
        if (token == null) {
            return Flow.failed(noToken());
        }
        if (!qianfan.old()) {
            return ErnieFaults.of(qianfan)
                    .over(DialectMedia.embeddings(
                            call, qianfan.begun(HttpRequest.post(qianfan.url("embeddings"))), Set.of("user")));
        }
        JsonObject body =
                JsonObject.builder().put("input", new JsonArray(call.inputs())).build();
        return ErnieFaults.OLD.over(turn -> {
            DialectMedia.known(turn, call, Set.of());
            return DialectMedia.vectors(qianfan.oldPost("embeddings", call.model(), token), body)
                    .begin(turn);
        });
    }

    @Override
    public Flow<ModelInfo> models(ChannelView channel) {
        Qianfan qianfan = new Qianfan(channel);
        return qianfan.old()
                ? Flow.unsupported("a model list")
                : ErnieFaults.of(qianfan)
                        .over(ModelList.OPENAI.of(qianfan.begun(HttpRequest.get(qianfan.url("models")))));
    }

    private static Fault noToken() {
        return Fault.of(
                FaultKind.CONFIG,
                "this address wants two keys in one line, API key|secret key, and changes them into an access token");
    }
}
