package io.patchbay.plugin.bing;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Next;
import io.patchbay.spi.Offer;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.chat.ContentPart;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.toolkit.Conversation;
import io.patchbay.toolkit.Flows;
import io.patchbay.toolkit.RequestFields;
import io.patchbay.toolkit.data.ChannelTypeFile;
import java.time.Duration;
import org.osgi.service.component.annotations.Component;

/** A bridge that takes one prompt on a socket and says text until it closes. */
@Component(service = ChannelType.class)
public final class BingChannelType implements ChannelType {
    static final String HASH = "hash";
    static final String HISTORY = "history";

    /** Bridges that drive a browser need some 12 seconds for their first word (bing page, read 2026-11). */
    private static final Duration SILENCE = Duration.ofSeconds(90);

    private static final ChannelTypeFile FILE = ChannelTypeFile.of(BingChannelType.class);

    @Override
    public ChannelDescriptor descriptor() {
        return FILE.descriptor();
    }

    @Override
    public Offer offer(String model, ChannelView channel) {
        return Offer.builder().capability(Capability.CHAT).build();
    }

    @Override
    public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
        return turn -> {
            Conversation conversation =
                    Conversation.of(call.request().messages()).toolsAsText();
            boolean whole = !channel.option(HISTORY).equals("false")
                    && conversation.messages().size() > 1;
            JsonObject question = JsonObject.builder()
                    .put("prompt", whole ? conversation.asPrompt() : conversation.last("user"))
                    .put("hash", channel.secret(HASH).reveal())
                    .put("model", call.model().replaceFirst("^bing-", ""))
                    .build();
            RequestFields fields = RequestFields.of(call.request());
            call.request().messages().stream()
                    .flatMap(message -> message.parts().stream())
                    .filter(part -> part.text() == null)
                    .map(ContentPart::kind)
                    .forEach(kind -> fields.lose("messages." + (kind.equals("image") ? "image_url" : kind)));
            fields.reportRest(turn);
            HttpRequest.Builder handshake = HttpRequest.get(channel.endpoint().replaceAll("/+$", "") + "/chat")
                    .silence(SILENCE);
            BridgeReader reader = new BridgeReader(turn, question);
            return Flows.send(handshake, built -> Next.dial(built, reader));
        };
    }
}
