package io.patchbay.plugin.bing;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Next;
import io.patchbay.spi.Offer;
import io.patchbay.spi.Text;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.chat.ContentPart;
import io.patchbay.spi.config.ConfigField;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.toolkit.Conversation;
import io.patchbay.toolkit.Flows;
import io.patchbay.toolkit.RequestFields;
import java.time.Duration;
import org.osgi.service.component.annotations.Component;

/** A bridge that takes one prompt on a socket and says text until it closes. */
@Component(service = ChannelType.class)
public final class BingChannelType implements ChannelType {
    static final String HASH = "hash";
    static final String HISTORY = "history";

    /** Bridges that drive a browser need some 12 seconds for their first word (bing page, read 2026-11). */
    private static final Duration SILENCE = Duration.ofSeconds(90);

    private static final ConfigField HISTORY_FIELD = ConfigField.builder(
                    HISTORY, ConfigField.Kind.FLAG, Text.of("Send the history", "发送历史"))
            .hint(Text.of(
                    "The bridge remembers nothing: the whole conversation goes into the prompt. Switched off, only the last"
                            + " message does.",
                    "桥接服务不保存上下文：整段对话会写入提示词。关闭后仅发送最后一条消息。"))
            .fallback("true")
            .build();

    /** Two piers and a deck: drawn for this project. */
    private static final String LOGO = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" role="img" aria-label="Bing bridge" fill="none" \
            stroke="#0f7b8a" stroke-width="2" stroke-linecap="round"><path d="M2 14h20"/><path d="M6 14v5M18 14v5"/>\
            <path d="M3 14c2-6 16-6 18 0"/></svg>""";

    private static final ChannelDescriptor DESCRIPTOR = ChannelDescriptor.builder(
                    "bing", Text.of("Bing bridge", "Bing 桥接"))
            .description(Text.of(
                    "A bridge that speaks the seed's small WebSocket protocol; the endpoint is the bridge's address.",
                    "使用原产品 WebSocket 协议的桥接服务；接入点为桥接服务地址。"))
            .secretPart(ConfigField.secret(HASH, Text.of("Shared secret", "共享密钥")))
            .option(HISTORY_FIELD)
            .templateModels("bing-creative", "bing-balanced", "bing-precise")
            .unmapped(
                    "temperature",
                    "top_p",
                    "top_k",
                    "max_tokens",
                    "max_completion_tokens",
                    "stop",
                    "seed",
                    "n",
                    "presence_penalty",
                    "frequency_penalty",
                    "repetition_penalty",
                    "logit_bias",
                    "logprobs",
                    "top_logprobs",
                    "user",
                    "metadata",
                    "service_tier",
                    "response_format",
                    "reasoning_effort",
                    "tools",
                    "tool_choice",
                    "parallel_tool_calls",
                    "messages.image_url")
            .logo(LOGO)
            .build();

    @Override
    public ChannelDescriptor descriptor() {
        return DESCRIPTOR;
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
            BridgeReader reader = new BridgeReader(turn, question.toJson());
            return Flows.send(handshake, built -> Next.dial(built, reader));
        };
    }
}
