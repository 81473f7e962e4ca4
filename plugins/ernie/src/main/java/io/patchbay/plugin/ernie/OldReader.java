package io.patchbay.plugin.ernie;

import io.patchbay.dialects.openai.OpenAiMedia;
import io.patchbay.spi.Next;
import io.patchbay.spi.Turn;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.ChatWriter;
import io.patchbay.toolkit.JsonReader;
import java.util.Map;

/** Reads the old API's answers: pieces of text up to the one marked as the end. One object serves one run. */
final class OldReader extends JsonReader {
    private final ChatWriter writer;

    OldReader(Turn<ChatEvent> turn) {
        this.writer = new ChatWriter(turn);
    }

    @Override
    protected Next frame(String event, JsonObject frame) {
        if (frame.get("error_code") != null) {
            return fail(frame);
        }
        if (!isPiece(frame)) {
            return Next.more();
        }
        read(frame);
        return frame.flag("is_end", false) ? end(frame) : Next.more();
    }

    /** Errors come as plain JSON with status 200, and so does an answer that was not streamed. */
    @Override
    public Next unframed(Answer answer) {
        JsonValue body = answer.ok() ? answer.json() : null;
        if (body == null || body.get("error_code") != null || !isPiece(body)) {
            return Next.fail(answer.fault());
        }
        read(body);
        return end(body);
    }

    private static boolean isPiece(JsonValue body) {
        return body.string("result") != null || body.get("function_call") instanceof JsonObject;
    }

    private void read(JsonValue piece) {
        writer.started(piece.string("id"), null);
        if (piece.get("function_call") instanceof JsonObject call && !writer.calledTools()) {
            writer.reasoning(call.string("thoughts"));
            writer.toolCall("0", null, call.string("name"), call.string("arguments", ""));
        }
        writer.text(piece.string("result"));
        if (piece.get("usage") instanceof JsonObject usage) {
            writer.used(OpenAiMedia.readUsage(usage));
        }
    }

    private Next end(JsonValue last) {
        if (last.flag("need_clear_history", false)) {
            writer.finish("content_filter");
        }
        String reason = last.string("finish_reason", last.flag("is_truncated", false) ? "length" : "normal");
        writer.finish(reason, Map.of("length", "length", "content_filter", "content_filter"));
        return writer.done();
    }
}
