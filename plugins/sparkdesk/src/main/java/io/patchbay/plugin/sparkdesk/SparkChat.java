package io.patchbay.plugin.sparkdesk;

import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Next;
import io.patchbay.spi.Turn;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.chat.ChatMessage;
import io.patchbay.spi.chat.ChatRequest;
import io.patchbay.spi.chat.ContentPart;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.Conversation;
import io.patchbay.toolkit.Flows;
import io.patchbay.toolkit.RequestFields;
import io.patchbay.toolkit.ThinkingWish;
import java.util.ArrayList;
import java.util.List;

/** One question: the whole conversation goes out in one message when the socket is open. */
final class SparkChat implements Flow<ChatEvent> {
    private final ChatCall call;
    private final ChannelView channel;
    private final Tier tier;

    SparkChat(ChatCall call, ChannelView channel) {
        this.call = call;
        this.channel = channel;
        this.tier = Tier.of(call.model(), channel.option(SparkChannelType.TIERS));
    }

    @Override
    public Next begin(Turn<ChatEvent> turn) {
        ChatRequest request = call.request();
        RequestFields fields = RequestFields.of(request);
        List<ContentPart.Inline> pictures = pictures(request);
        if (pictures.size() > 1) {
            return Next.fail(Fault.of(FaultKind.BAD_REQUEST, "one picture a conversation, found " + pictures.size()));
        }
        boolean seeing = !pictures.isEmpty();
        JsonArray messages = messages(request, pictures);
        if (messages.elements().isEmpty()
                || !"user".equals(messages.elements().getLast().string("role"))) {
            return Next.fail(Fault.of(FaultKind.BAD_REQUEST, "the last message must be the user's"));
        }
        JsonObject.Builder payload = JsonObject.builder()
                .put("message", JsonObject.builder().put("text", messages).build());
        if (tier.functions()
                && !seeing
                && !channel.option(SparkChannelType.FUNCTIONS).equals("false")) {
            functions(fields, payload);
        }
        JsonObject question = JsonObject.builder()
                .put("header", header())
                .put(
                        "parameter",
                        JsonObject.builder().put("chat", chat(fields, seeing)).build())
                .put("payload", payload.build())
                .build();
        fields.reportRest(turn);
        String address = seeing
                ? channel.option(SparkChannelType.PICTURES)
                : channel.endpoint().replaceAll("/+$", "") + tier.path();
        SparkReader reader = new SparkReader(turn, question);
        return Flows.send(Handshake.to(address, channel), handshake -> Next.dial(handshake, reader));
    }

    private JsonObject header() {
        return JsonObject.builder()
                .put("app_id", channel.secret("appId").reveal())
                .put("uid", call.userMark())
                .build();
    }

    private JsonObject chat(RequestFields fields, boolean seeing) {
        JsonObject.Builder chat = JsonObject.builder()
                .put("domain", seeing ? "imagev3" : tier.domain())
                .putIfPresent("temperature", fields.number("temperature", 0.01, 1))
                .putIfPresent("max_tokens", fields.maxTokens(1, seeing ? 8_192 : tier.most()))
                .putIfPresent("top_k", fields.whole("top_k", 1, 6));
        if (tier.reasons()) {
            chat.putIfPresent("presence_penalty", fields.number("presence_penalty", -2, 2))
                    .putIfPresent("frequency_penalty", fields.number("frequency_penalty", -2, 2));
            chat.putIfPresent("thinking", ThinkingWish.read(fields::take).type());
        }
        JsonValue search = fields.take("web_search_options");
        if (search != null) {
            JsonObject options = JsonObject.builder()
                    .put("enable", true)
                    .put("show_ref_label", true)
                    .put("search_mode", "high".equals(search.string("search_context_size")) ? "deep" : "normal")
                    .build();
            JsonObject tool = JsonObject.builder()
                    .put("type", "web_search")
                    .put("web_search", options)
                    .build();
            chat.put("tools", new JsonArray(List.of(tool)));
        }
        return chat.build();
    }

    /** An empty list of functions is a schema error upstream, so that none is sent without any. */
    private static void functions(RequestFields fields, JsonObject.Builder payload) {
        List<JsonValue> functions = new ArrayList<>();
        fields.tools()
                .forEach(tool -> functions.add(JsonObject.builder()
                        .put("name", tool.name())
                        .put("description", tool.description() == null ? "" : tool.description())
                        .put("parameters", tool.parameters())
                        .build()));
        if (!functions.isEmpty()) {
            payload.put(
                    "functions",
                    JsonObject.builder().put("text", new JsonArray(functions)).build());
        }
    }

    private JsonArray messages(ChatRequest request, List<ContentPart.Inline> pictures) {
        Conversation conversation = Conversation.of(request.messages()).toolsAsText();
        conversation = tier.system() && pictures.isEmpty() ? conversation.systemFirst() : conversation.systemInUser();
        List<JsonValue> messages = new ArrayList<>();
        for (ContentPart.Inline picture : pictures) {
            messages.add(message("user", picture.base64())
                    .put("content_type", "image")
                    .build());
        }
        for (ChatMessage message : conversation.withoutEmpty().messages()) {
            JsonObject.Builder said = message(message.role(), message.text());
            messages.add((pictures.isEmpty() ? said : said.put("content_type", "text")).build());
        }
        return new JsonArray(messages);
    }

    private static JsonObject.Builder message(String role, String content) {
        return JsonObject.builder().put("role", role).put("content", content);
    }

    private static List<ContentPart.Inline> pictures(ChatRequest request) {
        List<ContentPart.Inline> pictures = new ArrayList<>();
        for (ChatMessage message : request.messages()) {
            for (ContentPart part : message.parts()) {
                ContentPart.Inline inline =
                        part.image() == null ? null : part.image().inline();
                if (inline != null) {
                    pictures.add(inline);
                }
            }
        }
        return pictures;
    }
}
