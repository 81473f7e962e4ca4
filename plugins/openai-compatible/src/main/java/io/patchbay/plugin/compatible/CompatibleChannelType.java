package io.patchbay.plugin.compatible;

import io.patchbay.spi.Balance;
import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.Flow;
import io.patchbay.spi.ModelInfo;
import io.patchbay.spi.Next;
import io.patchbay.spi.Offer;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.media.EmbeddingCall;
import io.patchbay.spi.media.Embeddings;
import io.patchbay.spi.media.ImageCall;
import io.patchbay.spi.media.ImageEvent;
import io.patchbay.toolkit.DialectChat;
import io.patchbay.toolkit.DialectMedia;
import io.patchbay.toolkit.ModelList;
import io.patchbay.toolkit.VendorFaults;
import java.util.Map;

/** One vendor, made from its profile. */
final class CompatibleChannelType implements ChannelType {
    private static final int MOST_PICTURES = 10;

    private final Vendor vendor;
    private final VendorFaults faults;

    CompatibleChannelType(Vendor vendor) {
        this.vendor = vendor;
        this.faults = VendorFaults.of(vendor.models().getLast().profile());
    }

    @Override
    public ChannelDescriptor descriptor() {
        return vendor.descriptor();
    }

    @Override
    public Offer offer(String model, ChannelView channel) {
        return vendor.model(model).offer();
    }

    @Override
    public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
        if (!vendor.has(Capability.CHAT)) {
            return Flow.unsupported("chat");
        }
        return DialectChat.of(call, Dialect.OPENAI_CHAT, () -> vendor.access().post(channel, "chat"))
                .with(vendor.model(call.model()).profile())
                .setting("model", JsonValue.of(vendor.name(call.model())))
                .askingAgain();
    }

    @Override
    public Flow<Embeddings> embed(EmbeddingCall call, ChannelView channel) {
        if (!vendor.has(Capability.EMBEDDINGS)) {
            return Flow.unsupported("embeddings");
        }
        return faults.over(
                DialectMedia.embeddings(call, vendor.access().post(channel, "embeddings"), vendor.embeddingFields()));
    }

    @Override
    public Flow<ImageEvent> images(ImageCall call, ChannelView channel) {
        if (!vendor.has(Capability.IMAGES) || !call.pictures().isEmpty()) {
            return Flow.unsupported(call.pictures().isEmpty() ? "images" : "edits of images");
        }
        Map<String, String> fields = vendor.imageFields();
        int times = fields.containsKey("n") ? 1 : DialectMedia.times(call, MOST_PICTURES);
        return faults.over(turn -> {
            JsonObject.Builder body =
                    JsonObject.builder().put("model", call.model()).put("prompt", call.prompt());
            DialectMedia.known(turn, call, fields.keySet())
                    .members()
                    .forEach((name, value) -> body.put(fields.getOrDefault(name, name), value));
            return DialectMedia.images(() -> vendor.access().post(channel, "images"), body.build(), times)
                    .begin(turn);
        });
    }

    @Override
    public Flow<ModelInfo> models(ChannelView channel) {
        return switch (vendor.list().shape()) {
            case "none" -> Flow.unsupported("a model list");
            case "static" ->
                turn -> {
                    vendor.descriptor()
                            .templateModels()
                            .forEach(model -> turn.emit(new ModelInfo(model, "", JsonObject.EMPTY)));
                    return Next.done();
                };
            default ->
                faults.over(ModelList.OPENAI
                        .without(vendor.list().prefix())
                        .of(vendor.access().get(channel, vendor.list().path())));
        };
    }

    @Override
    public Flow<Balance> balance(ChannelView channel) {
        Account account = vendor.account();
        return account == null ? Flow.unsupported("a balance") : faults.over(account.balance(vendor.access(), channel));
    }
}
