package io.patchbay.plugin.dashscope;

import io.patchbay.dialects.openai.OpenAiMedia;
import io.patchbay.spi.Next;
import io.patchbay.spi.Turn;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.AnswerReader;
import io.patchbay.toolkit.ChatWriter;
import io.patchbay.toolkit.Citations;
import org.jspecify.annotations.Nullable;

/** Reads a native answer. The stream has no end marker: it ends after a finish reason. One object serves one run. */
final class QwenReader extends AnswerReader {
    private final ChatWriter writer;
    private final Citations citations;

    QwenReader(Turn<ChatEvent> turn) {
        super(turn);
        this.citations = new Citations(turn);
        this.writer = writer();
    }

    @Override
    protected Next frame(String event, JsonObject frame) {
        boolean answer = frame.get("output") instanceof JsonObject;
        if (event.equals("error") || (!answer && frame.get("code") != null)) {
            return fail(frame);
        }
        if (answer && !writer.isFinished()) {
            read(frame);
        }
        return Next.more();
    }

    @Override
    public Next unframed(Answer answer) {
        JsonValue body = answer.json();
        if (body == null || !(body.get("output") instanceof JsonObject)) {
            return Next.fail(answer.fault());
        }
        read(body);
        return end();
    }

    private void read(JsonValue frame) {
        writer.started(frame.string("request_id"), null);
        JsonValue output = frame.get("output");
        JsonValue choice = output == null ? null : output.at("choices", 0);
        JsonValue search = output == null ? null : output.get("search_info");
        if (search != null) {
            search.elements("search_results")
                    .forEach(found -> citations.add(found.string("url"), found.string("title")));
            citations.tell();
        }
        if (frame.get("usage") instanceof JsonObject usage) {
            writer.used(OpenAiMedia.readUsage(usage));
        }
        if (choice != null) {
            message(choice.get("message"));
            finish(choice.string("finish_reason", ""));
        } else if (output != null) {
            writer.text(output.string("text"));
            finish(output.string("finish_reason", ""));
        }
    }

    private void message(@Nullable JsonValue message) {
        if (message == null) {
            return;
        }
        writer.reasoning(message.string("reasoning_content"));
        writer.text(message.string("content"));
        for (JsonValue part : message.elements("content")) {
            writer.text(part.string("text"));
        }
        int place = 0;
        for (JsonValue call : message.elements("tool_calls")) {
            JsonValue function = call.get("function");
            if (function != null) {
                writer.toolCall(
                        Long.toString(call.longValue("index", place)),
                        call.string("id"),
                        function.string("name"),
                        function.string("arguments", ""));
            }
            place++;
        }
    }

    /** While the answer goes on, the reason is the word null. */
    private void finish(String reason) {
        if (!reason.isEmpty() && !reason.equals("null")) {
            writer.finish(reason.equals("stop") && writer.calledTools() ? "tool_calls" : reason);
        }
    }
}
