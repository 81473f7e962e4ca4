package io.patchbay.plugin.ernie;

import io.patchbay.spi.Flow;
import io.patchbay.spi.Next;
import io.patchbay.spi.Secret;
import io.patchbay.spi.Turn;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.chat.ChatMessage;
import io.patchbay.spi.chat.ChatRequest;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.toolkit.Conversation;
import io.patchbay.toolkit.Flows;
import io.patchbay.toolkit.FunctionTurns;
import io.patchbay.toolkit.MessageParts;
import io.patchbay.toolkit.RequestFields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A chat in the old API's own shape. Ranges by Baidu's page "ERNIE chat", read 2026-11. */
record OldChat(ChatCall call, Qianfan qianfan, Secret token) implements Flow<ChatEvent> {
    private static final int MOST_STOPS = 4;
    private static final int LONGEST_STOP = 20;

    /** The old API refuses functions whose parameters are not described. */
    private static final JsonObject NO_PARAMETERS = JsonObject.builder()
            .put("type", "object")
            .put("properties", JsonObject.EMPTY)
            .build();

    @Override
    public Next begin(Turn<ChatEvent> turn) {
        RequestFields fields = RequestFields.of(call.request());
        JsonObject body = body(fields);
        fields.reportRest(turn);
        HttpRequest.Builder request =
                qianfan.oldPost("chat", call.model(), token).body(Body.json(body));
        return Flows.read(request, call.stream(), new OldReader(turn));
    }

    private JsonObject body(RequestFields fields) {
        List<ChatMessage> messages = call.request().messages();
        MessageParts.loseAllBut(fields, messages, "text");
        String system = Conversation.of(messages).system();
        JsonObject format = fields.jsonFormat();
        return JsonObject.builder()
                .put("messages", FunctionTurns.of(messages))
                .putIfPresent("system", system.isEmpty() ? null : system)
                .put("stream", call.stream())
                .putIfPresent("temperature", fields.number("temperature", 0.01, 1))
                .putIfPresent("top_p", fields.number("top_p", 0, 1))
                .putIfPresent("penalty_score", penalty(fields))
                .putIfPresent("max_output_tokens", fields.maxTokens(2, Integer.MAX_VALUE))
                .putIfPresent("stop", stop(fields))
                .putIfPresent("functions", fields.functions(OldChat::function))
                .putIfPresent("response_format", format == null ? null : format.string("type"))
                .putIfPresent("user_id", fields.text("user"))
                .putIfPresent("disable_search", fields.take("disable_search"))
                .putIfPresent("enable_citation", fields.take("enable_citation"))
                .build();
    }

    /** The one measure against repetition there is stands for all of them, 1 to 2. */
    private static @Nullable Double penalty(RequestFields fields) {
        Double own = fields.number("penalty_score", 1, 2);
        Double repetition = fields.number("repetition_penalty", 1, 2);
        Double presence = fields.number("presence_penalty", 0, 2);
        Double frequency = fields.number("frequency_penalty", 0, 2);
        if (own != null || repetition != null) {
            return own == null ? repetition : own;
        }
        double most = Math.max(presence == null ? 0 : presence, frequency == null ? 0 : frequency);
        return most == 0 ? null : Double.valueOf(1 + most / 2);
    }

    private static @Nullable JsonArray stop(RequestFields fields) {
        List<String> all = fields.stop();
        List<String> fitting = all.stream()
                .filter(text -> text.length() <= LONGEST_STOP)
                .limit(MOST_STOPS)
                .toList();
        if (fitting.size() < all.size()) {
            fields.lose("stop");
        }
        return fitting.isEmpty() ? null : JsonArray.ofStrings(fitting);
    }

    private static JsonObject function(ChatRequest.Tool tool) {
        String words = tool.description();
        return JsonObject.builder()
                .put("name", tool.name())
                .put("description", words == null || words.isBlank() ? tool.name() : words)
                .put("parameters", tool.parameters().isEmpty() ? NO_PARAMETERS : tool.parameters())
                .build();
    }
}
