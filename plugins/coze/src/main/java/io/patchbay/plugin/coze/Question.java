package io.patchbay.plugin.coze;

import io.patchbay.spi.chat.ChatMessage;
import io.patchbay.spi.chat.ContentPart;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.Conversation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes messages as Coze's {@code additional_messages}, the last of which is the question. */
final class Question {
    /** Coze, Chat API, {@code additional_messages}, read 2026-11. */
    static final int MOST = 100;

    private Question() {}

    /** Returns the messages with what the system says in front of the last question: Coze has no role for it. */
    static List<ChatMessage> repaired(List<ChatMessage> messages) {
        Conversation told = Conversation.of(messages).toolsAsText().withoutEmpty();
        String system = told.system();
        List<ChatMessage> all = new ArrayList<>(told.withoutSystem().messages());
        int question = all.size() - 1;
        while (question >= 0 && !all.get(question).role().equals("user")) {
            question--;
        }
        if (!system.isEmpty() && question < 0) {
            all.add(ChatMessage.of("user", system));
        } else if (!system.isEmpty()) {
            List<ContentPart> parts = new ArrayList<>(all.get(question).parts());
            parts.addFirst(ContentPart.text(system + "\n"));
            all.set(question, ChatMessage.of("user", parts));
        }
        return all.subList(Math.max(0, all.size() - MOST), all.size());
    }

    static JsonArray written(List<ChatMessage> messages, Map<ContentPart.Inline, String> files) {
        List<JsonValue> all = new ArrayList<>();
        for (ChatMessage message : messages) {
            boolean answer = message.role().equals("assistant");
            boolean pictures = message.parts().stream().anyMatch(part -> part.image() != null);
            all.add(JsonObject.builder()
                    .put("role", answer ? "assistant" : "user")
                    .put("type", answer ? "answer" : "question")
                    .put("content", pictures ? parts(message, files).toJson() : message.text())
                    .put("content_type", pictures ? "object_string" : "text")
                    .build());
        }
        return new JsonArray(all);
    }

    private static JsonArray parts(ChatMessage message, Map<ContentPart.Inline, String> files) {
        List<JsonValue> parts = new ArrayList<>();
        for (ContentPart part : message.parts()) {
            JsonObject.Builder one = JsonObject.builder();
            if (part.text() != null) {
                parts.add(one.put("type", "text").put("text", part.text()).build());
            } else if (part.image() != null) {
                ContentPart.Inline inline = part.image().inline();
                one.put("type", "image");
                parts.add(
                        inline == null
                                ? one.put("file_url", part.image().url()).build()
                                : one.put("file_id", files.get(inline)).build());
            }
        }
        return new JsonArray(parts);
    }
}
