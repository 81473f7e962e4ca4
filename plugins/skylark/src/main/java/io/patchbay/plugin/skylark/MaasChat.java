package io.patchbay.plugin.skylark;

import io.patchbay.dialects.openai.OpenAiMedia;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Framing;
import io.patchbay.spi.Next;
import io.patchbay.spi.Turn;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.chat.ChatMessage;
import io.patchbay.spi.chat.ChatRequest;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.ChatWriter;
import io.patchbay.toolkit.Conversation;
import io.patchbay.toolkit.Flows;
import io.patchbay.toolkit.FunctionTurns;
import io.patchbay.toolkit.JsonReader;
import io.patchbay.toolkit.MessageParts;
import io.patchbay.toolkit.RequestFields;
import java.util.List;

/** A chat with the old model service, in its own shape. */
record MaasChat(ChatCall call, Volcengine server) implements Flow<ChatEvent> {
    private static final long USUAL_BOUND = 4_096;

    @Override
    public Next begin(Turn<ChatEvent> turn) {
        RequestFields fields = RequestFields.of(call.request());
        List<ChatMessage> messages = call.request().messages();
        MessageParts.loseAllBut(fields, messages, "text");
        Long bound = fields.maxTokens(1, Integer.MAX_VALUE);
        JsonObject.Builder parameters = JsonObject.builder()
                .put("max_tokens", bound == null ? USUAL_BOUND : bound)
                .putIfPresent("temperature", fields.number("temperature", 0, 2))
                .putIfPresent("top_p", fields.number("top_p", 0, 1))
                .putIfPresent("top_k", fields.whole("top_k", 0, Integer.MAX_VALUE))
                .putIfPresent("repetition_penalty", fields.number("repetition_penalty"))
                .putIfPresent("presence_penalty", fields.number("presence_penalty", -2, 2))
                .putIfPresent("frequency_penalty", fields.number("frequency_penalty", -2, 2));
        JsonObject.Builder body = JsonObject.builder();
        if (!call.model().startsWith("ep-")) {
            body.put("model", JsonObject.builder().put("name", call.model()).build());
        }
        body.put(
                        "messages",
                        FunctionTurns.of(Conversation.of(messages)
                                .systemInUser()
                                .userFirst()
                                .messages()))
                .put("parameters", parameters.build());
        functions(body, fields);
        body.put("stream", call.stream());
        fields.reportRest(turn);
        HttpRequest.Builder request = server.maas(call.model())
                .header("Accept", call.stream() ? "text/event-stream" : "application/json")
                .body(Body.json(body.build()));
        Pieces pieces = new Pieces(new ChatWriter(turn));
        boolean streamed = call.stream();
        return Flows.send(
                request,
                built -> streamed ? Next.stream(built, Framing.SSE, pieces) : Next.ask(built, pieces::unframed));
    }

    /** Choosing among functions cannot be said; choosing none can, by sending none. */
    private void functions(JsonObject.Builder body, RequestFields fields) {
        List<ChatRequest.Tool> tools = fields.tools();
        if (JsonValue.of("none").equals(call.request().toolChoice())) {
            fields.take("tool_choice");
        } else if (!tools.isEmpty()) {
            body.put(
                    "functions",
                    new JsonArray(tools.stream()
                            .map(tool -> (JsonValue) JsonObject.builder()
                                    .put("name", tool.name())
                                    .putIfPresent("description", tool.description())
                                    .put("parameters", tool.parameters())
                                    .build())
                            .toList()));
        }
    }

    /** Reads the answer, which names one choice or a list of them. */
    private static final class Pieces extends JsonReader {
        private final ChatWriter writer;

        private Pieces(ChatWriter writer) {
            this.writer = writer;
        }

        @Override
        protected Next frame(String event, JsonObject frame) {
            if (frame.get("error") instanceof JsonObject) {
                return fail(frame);
            }
            read(frame);
            return Next.more();
        }

        @Override
        public Next end() {
            return writer.isFinished() ? writer.done() : super.end();
        }

        @Override
        public Next unframed(Answer answer) {
            JsonValue body = answer.ok() ? answer.json() : null;
            if (body == null || body.get("error") instanceof JsonObject || !read(body)) {
                return Next.fail(answer.fault());
            }
            return writer.done();
        }

        private boolean read(JsonValue answer) {
            if (answer.get("usage") instanceof JsonObject usage) {
                writer.used(OpenAiMedia.readUsage(usage));
            }
            JsonValue choice = answer.get("choice") instanceof JsonObject one ? one : answer.at("choices", 0);
            if (!(choice instanceof JsonObject) || writer.isFinished()) {
                return false;
            }
            writer.started(answer.string("req_id"), null);
            JsonValue message = choice.get("message");
            if (message != null) {
                writer.text(message.string("content"));
                if (message.get("function_call") instanceof JsonObject called) {
                    writer.toolCall("0", null, called.string("name"), called.string("arguments", ""));
                }
            }
            String reason = choice.string("finish_reason", "");
            if (reason.equals("length") || reason.equals("content_filter")) {
                writer.finish(reason);
            } else if (!reason.isEmpty()) {
                writer.finish();
            }
            return true;
        }
    }
}
