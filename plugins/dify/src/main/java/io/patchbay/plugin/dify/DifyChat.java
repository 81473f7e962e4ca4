package io.patchbay.plugin.dify;

import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Framing;
import io.patchbay.spi.Memo;
import io.patchbay.spi.Next;
import io.patchbay.spi.Turn;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.chat.ChatMessage;
import io.patchbay.spi.chat.ContentPart;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.Endpoints;
import io.patchbay.toolkit.Flows;
import io.patchbay.toolkit.MessageParts;
import io.patchbay.toolkit.PictureUploads;
import io.patchbay.toolkit.RequestFields;
import io.patchbay.toolkit.ServerConversation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One question to an app: pictures are uploaded, then the app is asked, in its own conversation if it has one. */
final class DifyChat implements Flow<ChatEvent> {
    private static final Memo CONVERSATION = Memo.ofConversation("conversation");
    private static final Duration BLOCKING_SILENCE = Duration.ofMinutes(10);

    private final ChannelView channel;
    private final App app;
    private final String user;
    private final boolean blocking;
    private final List<ChatMessage> messages;
    private final RequestFields fields;
    private final ServerConversation conversation;

    DifyChat(ChatCall call, ChannelView channel) {
        this.channel = channel;
        this.app = App.of(channel);
        this.user = call.userMark();
        this.blocking = channel.option("responseMode").equals("blocking");
        this.messages = call.request().messages();
        this.fields = RequestFields.of(call.request());
        this.conversation = ServerConversation.of(CONVERSATION, call.request());
    }

    @Override
    public Next begin(Turn<ChatEvent> turn) {
        JsonValue inputs = fields.take("inputs");
        JsonObject variables = inputs == null ? JsonObject.EMPTY : inputs.asObject();
        MessageParts.loseAllBut(fields, messages, "text", "image");
        fields.reportRest(turn);
        // Only chat apps keep conversations.
        return app == App.CHAT
                ? conversation.resume(part -> upload(turn, part, variables))
                : upload(turn, conversation.whole(), variables);
    }

    private Next upload(Turn<ChatEvent> turn, ServerConversation.Part part, JsonObject variables) {
        return PictureUploads.to(() -> post("files/upload"), DifyChat::fileId)
                .field("user", user)
                .all(turn, part.messages(), files -> ask(turn, part, variables, files));
    }

    private static @Nullable String fileId(Answer answer) {
        JsonValue body = answer.json();
        return body == null ? null : body.string("id");
    }

    private Next ask(
            Turn<ChatEvent> turn,
            ServerConversation.Part part,
            JsonObject variables,
            Map<ContentPart.Inline, String> files) {
        HttpRequest.Builder request = post(app.route())
                .header("Accept", blocking ? "application/json" : "text/event-stream")
                .body(Body.json(body(part, variables, files)));
        if (blocking) {
            request.silence(BLOCKING_SILENCE);
        }
        DifyReader reader = new DifyReader(turn, app, channel.endpoint(), this::stop, id -> {
            if (app == App.CHAT) {
                conversation.remember(turn, id);
            }
        });
        // What the app has forgotten is told to it anew.
        DifyReader asking =
                part.isContinued() ? reader.orElse(() -> upload(turn, conversation.whole(), variables)) : reader;
        return Flows.send(request, built -> Next.stream(built, Framing.SSE, asking));
    }

    private JsonObject body(ServerConversation.Part part, JsonObject variables, Map<ContentPart.Inline, String> files) {
        JsonObject.Builder body = JsonObject.builder();
        String query = part.text();
        if (app == App.CHAT) {
            body.put("query", query).put("inputs", variables);
        } else {
            JsonObject.Builder inputs = variables.toBuilder();
            inputs.put(channel.option("inputName"), query);
            body.put("inputs", inputs.build());
        }
        body.put("response_mode", blocking ? "blocking" : "streaming").put("user", user);
        if (app == App.CHAT) {
            body.put("conversation_id", part.id() == null ? "" : part.id()).put("auto_generate_name", false);
        }
        List<JsonValue> pictures = new ArrayList<>();
        for (ChatMessage message : part.messages()) {
            for (ContentPart each : message.parts()) {
                if (each.image() != null) {
                    pictures.add(picture(each.image(), files));
                }
            }
        }
        return pictures.isEmpty()
                ? body.build()
                : body.put("files", new JsonArray(pictures)).build();
    }

    private static JsonObject picture(ContentPart.Image image, Map<ContentPart.Inline, String> files) {
        JsonObject.Builder file = JsonObject.builder().put("type", "image");
        ContentPart.Inline inline = image.inline();
        if (inline == null) {
            return file.put("transfer_method", "remote_url")
                    .put("url", image.url())
                    .build();
        }
        return file.put("transfer_method", "local_file")
                .put("upload_file_id", files.get(inline))
                .build();
    }

    private HttpRequest.Builder stop(String task) {
        return post(app.stop(task))
                .body(Body.json(JsonObject.builder().put("user", user).build()));
    }

    private HttpRequest.Builder post(String path) {
        return HttpRequest.post(Endpoints.join(channel.endpoint(), path))
                .header("Authorization", channel.secret("key").prefixed("Bearer "));
    }
}
