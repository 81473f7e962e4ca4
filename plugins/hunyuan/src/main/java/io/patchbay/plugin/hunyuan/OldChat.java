package io.patchbay.plugin.hunyuan;

import io.patchbay.spi.Dialect;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Framing;
import io.patchbay.spi.Next;
import io.patchbay.spi.Profile;
import io.patchbay.spi.Secret;
import io.patchbay.spi.Turn;
import io.patchbay.spi.Voice;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.chat.ChatMessage;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.BaseAddress;
import io.patchbay.toolkit.Conversation;
import io.patchbay.toolkit.Flows;
import io.patchbay.toolkit.MessageParts;
import io.patchbay.toolkit.RequestFields;
import io.patchbay.toolkit.sign.Hmac;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import java.util.TreeSet;

/** A chat with the older signed host: one model, whatever the client calls it, and nothing but two settings. */
record OldChat(ChatCall call, Hunyuan hunyuan) implements Flow<ChatEvent> {
    private static final String PATH = "/hyllm/v1/chat/completions";
    private static final long LIFE_SECONDS = 86_400;
    private static final double USUAL_TEMPERATURE = 0;
    private static final double USUAL_TOP_P = 0.8;

    /** Unlike what is asked, what is answered is OpenAI's dialect. */
    private static final Voice ANSWERS = new Voice() {
        private final Profile profile =
                Profile.builder().finishWord("sensitive", "content_filter").build();

        @Override
        public Profile profile() {
            return profile;
        }
    };

    @Override
    public Next begin(Turn<ChatEvent> turn) {
        RequestFields fields = RequestFields.of(call.request());
        MessageParts.loseAllBut(fields, call.request().messages(), "text");
        Double temperature = fields.number("temperature", 0, 1);
        Double top = fields.number("top_p", 0, 1);
        fields.reportRest(turn);
        String app = hunyuan.appId().reveal();
        if (hunyuan.isPair() || !app.matches("\\d{1,18}")) {
            return Next.fail(Fault.of(
                    FaultKind.CONFIG, "this address wants three parts in one line: app id|secret id|secret key"));
        }
        long now = turn.now().getEpochSecond();
        List<ChatMessage> messages = messages(call.request().messages());
        JsonObject settings = JsonObject.builder()
                .put("app_id", Long.parseLong(app))
                .put("secret_id", hunyuan.secretId().reveal())
                .put("timestamp", now)
                .put("expired", now + LIFE_SECONDS)
                .put("query_id", uuid(turn.random(16)))
                .put("temperature", JsonValue.of(temperature == null ? USUAL_TEMPERATURE : temperature))
                .put("top_p", JsonValue.of(top == null ? USUAL_TOP_P : top))
                .put("stream", 1)
                .build();
        JsonArray said = new JsonArray(messages.stream().map(OldChat::json).toList());
        HttpRequest.Builder request = HttpRequest.post(
                        BaseAddress.origin(hunyuan.channel().endpoint()) + PATH)
                .header("Authorization", Secret.of(signature(settings, messages, hunyuan.secretKey())))
                .header("Accept", "text/event-stream")
                .body(Body.json(settings.toBuilder().put("messages", said).build()));
        return Flows.send(request, built -> Next.speak(built, Framing.SSE, Dialect.OPENAI_CHAT, ANSWERS));
    }

    /** User and assistant by turns, a user first: systems speak as users, tools in words. */
    private static List<ChatMessage> messages(List<ChatMessage> asked) {
        List<ChatMessage> roles = new ArrayList<>();
        for (ChatMessage message :
                Conversation.of(asked).toolsAsText().withoutEmpty().messages()) {
            boolean assistant = message.role().equals("assistant");
            roles.add(ChatMessage.of(assistant ? "assistant" : "user", message.text()));
        }
        return Conversation.of(roles).userFirst().merged().messages();
    }

    private static JsonValue json(ChatMessage message) {
        return JsonObject.builder()
                .put("role", message.role())
                .put("content", message.text())
                .build();
    }

    /** Signs what looks like a query; the messages stand in it as they are, without escapes. */
    static String signature(JsonObject settings, List<ChatMessage> messages, Secret key) {
        TreeSet<String> pairs = new TreeSet<>();
        settings.members().forEach((name, value) -> pairs.add(name + "=" + value.scalarText()));
        StringJoiner said = new StringJoiner(",", "messages=[", "]");
        messages.forEach(
                message -> said.add("{\"role\":\"" + message.role() + "\",\"content\":\"" + message.text() + "\"}"));
        pairs.add(said.toString());
        String text = Hunyuan.OLD_HOST + PATH + "?" + String.join("&", pairs);
        return Hmac.base64(Hmac.sha1(key.reveal(), text));
    }

    private static String uuid(byte[] random) {
        return HexFormat.of().formatHex(random).replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
    }
}
