package io.patchbay.plugin.skylark;

import io.patchbay.dialects.openai.OpenAiMedia;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Next;
import io.patchbay.spi.Turn;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.chat.ChatMessage;
import io.patchbay.spi.chat.ChatRequest;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.AnswerReader;
import io.patchbay.toolkit.ChatWriter;
import io.patchbay.toolkit.Conversation;
import io.patchbay.toolkit.Flows;
import io.patchbay.toolkit.FunctionTurns;
import io.patchbay.toolkit.MessageParts;
import io.patchbay.toolkit.RequestFields;
import java.util.List;
import java.util.Map;

/** A chat with the old model service, in its own shape. */
record MaasChat(ChatCall call, Volcengine server) implements Flow<ChatEvent> {
    private static final long USUAL_BOUND = 4_096;
    private static final Map<String, String> ENDS = Map.of("length", "length", "content_filter", "content_filter");

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
        body.putIfPresent("functions", fields.functions(MaasChat::function)).put("stream", call.stream());
        fields.reportRest(turn);
        return Flows.read(server.maas(call.model()).body(Body.json(body.build())), call.stream(), new Pieces(turn));
    }

    private static JsonObject function(ChatRequest.Tool tool) {
        return JsonObject.builder()
                .put("name", tool.name())
                .putIfPresent("description", tool.description())
                .put("parameters", tool.parameters())
                .build();
    }

    /** Reads the answer, which names one choice or a list of them. */
    private static final class Pieces extends AnswerReader {
        private final ChatWriter writer;

        private Pieces(Turn<ChatEvent> turn) {
            super(turn);
            this.writer = writer();
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
            writer.finish(choice.string("finish_reason", ""), ENDS);
            return true;
        }
    }
}
