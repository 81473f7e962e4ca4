package io.patchbay.plugin.coze;

import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Framing;
import io.patchbay.spi.Next;
import io.patchbay.spi.Turn;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.chat.ChatMessage;
import io.patchbay.spi.chat.ContentPart;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.toolkit.Flows;
import io.patchbay.toolkit.MessageParts;
import io.patchbay.toolkit.PictureUploads;
import io.patchbay.toolkit.RequestFields;
import io.patchbay.toolkit.ServerConversation;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A question to a bot or a chatflow, or the answers of tools it waits for. */
final class CozeChat implements Flow<ChatEvent> {
    private final CozeServer server;
    private final Target target;
    private final String user;
    private final List<ChatMessage> messages;
    private final RequestFields fields;
    private final ServerConversation conversation;

    CozeChat(ChatCall call, Target target, ChannelView channel) {
        this.server = new CozeServer(channel);
        this.target = target;
        this.user = call.userMark();
        this.messages = call.request().messages();
        this.fields = RequestFields.of(call.request());
        this.conversation = ServerConversation.of(target.memo(), call.request());
    }

    @Override
    public Next begin(Turn<ChatEvent> turn) {
        ToolOutputs outputs = ToolOutputs.of(messages);
        if (outputs != null) {
            fields.reportRest(turn);
            return ask(turn, submission(outputs), null);
        }
        JsonObject.Builder settings = JsonObject.builder();
        settings.putIfPresent("meta_data", fields.take("metadata"));
        fields.copy(settings, "custom_variables", "parameters");
        MessageParts.loseAllBut(fields, messages, "text", "image");
        if (messages.size() > Question.MOST) {
            fields.lose("messages");
        }
        fields.reportRest(turn);
        JsonObject common = settings.build();
        return conversation.resume(part -> upload(turn, part, common));
    }

    private Next upload(Turn<ChatEvent> turn, ServerConversation.Part part, JsonObject settings) {
        List<ChatMessage> question = Question.repaired(part.messages());
        return PictureUploads.to(() -> server.post("/v1/files/upload"), answer -> fileId(turn, answer))
                .all(turn, question, files -> {
                    HttpRequest.Builder request = chat(part, settings, question, files);
                    return ask(
                            turn,
                            request,
                            part.isContinued() ? () -> upload(turn, conversation.whole(), settings) : null);
                });
    }

    private static @Nullable String fileId(Turn<ChatEvent> turn, Answer answer) {
        return CozeServer.data(CozeServer.read(turn, answer)).string("id");
    }

    private HttpRequest.Builder chat(
            ServerConversation.Part part,
            JsonObject settings,
            List<ChatMessage> question,
            Map<ContentPart.Inline, String> files) {
        JsonObject.Builder body = JsonObject.builder();
        boolean bot = target.kind() == Target.Kind.BOT;
        HttpRequest.Builder request = server.post(bot ? "/v3/chat" : "/v1/workflows/chat");
        if (bot) {
            // The history is kept there so that the next question can follow it; Coze wants so of polled chats anyway.
            body.put("bot_id", target.id()).put("user_id", user);
            body.put("stream", !polling()).put("auto_save_history", true);
        } else {
            body.put("workflow_id", target.id()).putAll(server.app());
        }
        body.put("additional_messages", Question.written(question, files)).putAll(settings);
        if (part.id() != null && bot) {
            request.query("conversation_id", part.id());
        } else {
            body.putIfPresent("conversation_id", part.id());
        }
        return request.body(Body.json(body.build()));
    }

    private HttpRequest.Builder submission(ToolOutputs outputs) {
        JsonObject body = JsonObject.builder()
                .put("tool_outputs", outputs.outputs())
                .put("stream", !polling())
                .build();
        return server.post("/v3/chat/submit_tool_outputs", body)
                .query("conversation_id", outputs.conversation())
                .query("chat_id", outputs.chat());
    }

    private Next ask(Turn<ChatEvent> turn, HttpRequest.Builder request, @Nullable Supplier<Next> again) {
        CozeAnswer answer = new CozeAnswer(turn, server, id -> conversation.remember(turn, id));
        CozeReader reader = new CozeReader(answer, again);
        if (polling()) {
            return Flows.send(request, built -> Next.ask(built, reader::whole));
        }
        request.header("Accept", "text/event-stream");
        return Flows.send(request, built -> Next.stream(built, Framing.SSE, reader));
    }

    /** Chatflows only stream. */
    private boolean polling() {
        return target.kind() == Target.Kind.BOT
                && server.channel().option("polling").equals("true");
    }
}
