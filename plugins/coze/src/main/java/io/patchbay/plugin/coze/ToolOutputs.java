package io.patchbay.plugin.coze;

import io.patchbay.spi.chat.ChatMessage;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The answers of tools that a waiting chat asked for. Which chat waits is written into the ids of the calls, so that
 * any client brings it back.
 *
 * @param outputs as Coze wants them
 */
record ToolOutputs(String conversation, String chat, JsonArray outputs) {
    private static final Pattern ID = Pattern.compile("(\\w+)-(\\w+)-(.+)", Pattern.DOTALL);
    private static final Pattern PLAIN = Pattern.compile("\\w+");

    /** Returns the id of a call for the client; the vendor's own where its chat cannot be written into it. */
    static String id(@Nullable String conversation, @Nullable String chat, String call) {
        boolean plain = conversation != null
                && chat != null
                && PLAIN.matcher(conversation).matches()
                && PLAIN.matcher(chat).matches();
        return plain ? conversation + "-" + chat + "-" + call : call;
    }

    /** Returns the outputs that messages end with, or {@code null} when they end with something else. */
    static @Nullable ToolOutputs of(List<ChatMessage> messages) {
        List<JsonValue> outputs = new ArrayList<>();
        String conversation = "";
        String chat = "";
        for (ChatMessage message : messages.reversed()) {
            if (!message.role().equals("tool")) {
                break;
            }
            Matcher id = ID.matcher(message.toolCallId() == null ? "" : message.toolCallId());
            if (!id.matches() || !chat.isEmpty() && !chat.equals(id.group(2))) {
                return null;
            }
            conversation = id.group(1);
            chat = id.group(2);
            outputs.addFirst(JsonObject.builder()
                    .put("tool_call_id", id.group(3))
                    .put("output", message.text())
                    .build());
        }
        return outputs.isEmpty() ? null : new ToolOutputs(conversation, chat, new JsonArray(outputs));
    }
}
