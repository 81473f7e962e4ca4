package io.patchbay.server.vendor;

import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;
import java.util.List;

/** A bot of Coze. */
public final class CozeVendor implements Vendor {
    private static final String CHAT = "{\"id\":\"81\",\"conversation_id\":\"71\",\"bot_id\":\"7300\",";

    @Override
    public String plugin() {
        return "coze";
    }

    @Override
    public String type() {
        return "coze";
    }

    @Override
    public String model() {
        return "coze-bot-7300";
    }

    @Override
    public String secret() {
        return "pat_vendor0123456789";
    }

    @Override
    public Script answer(ReceivedRequest request) {
        if (!("Bearer " + secret()).equals(request.header("authorization"))) {
            return refusal(4100, "authentication is invalid");
        }
        if (!request.method().equals("POST") || !request.path().equals("/v3/chat")) {
            return Script.answer(404);
        }
        JsonValue body = request.json();
        List<JsonValue> messages = body.elements("additional_messages");
        if (!"7300".equals(body.string("bot_id")) || body.string("user_id", "").isEmpty() || messages.isEmpty()) {
            return refusal(4000, "bot_id, user_id and additional_messages are required");
        }
        if (!"question".equals(messages.getLast().string("type"))) {
            return refusal(4000, "the last message must be a question");
        }
        if (!body.flag("stream", false)) {
            return refusal(4000, "this script only streams");
        }
        return Script.answer()
                .event("conversation.chat.created", CHAT + "\"status\":\"created\"}")
                .event("conversation.chat.in_progress", CHAT + "\"status\":\"in_progress\"}")
                .event("conversation.message.delta", message("answer", "Good "))
                .event("conversation.message.delta", message("answer", "day, 世界!"))
                .event("conversation.message.completed", message("answer", "Good day, 世界!"))
                .event("conversation.message.completed", message("follow_up", "And then?"))
                .event(
                        "conversation.chat.completed",
                        CHAT + "\"status\":\"completed\","
                                + "\"usage\":{\"token_count\":13,\"output_count\":4,\"input_count\":9}}")
                .event("done", "\"[DONE]\"");
    }

    private static String message(String type, String content) {
        return "{\"id\":\"m-" + type + "\",\"role\":\"assistant\",\"type\":\"" + type + "\",\"content\":\"" + content
                + "\",\"content_type\":\"text\",\"chat_id\":\"81\"}";
    }

    /** Coze refuses with the status 200. */
    private static Script refusal(int code, String message) {
        return Script.answer()
                .header("x-tt-logid", "20261125")
                .json("{\"code\":" + code + ",\"msg\":\"" + message + "\",\"detail\":{\"logid\":\"20261125\"}}");
    }
}
