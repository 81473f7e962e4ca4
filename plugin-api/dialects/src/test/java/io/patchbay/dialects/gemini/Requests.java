package io.patchbay.dialects.gemini;

import io.patchbay.dialects.openai.OpenAiChatCodec;
import io.patchbay.dialects.wire.WireBody;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.chat.ChatRequest;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** What becomes of requests as clients write them, with single quotes in place of double ones. */
final class Requests {
    private static final GeminiCodec CODEC = new GeminiCodec();

    private Requests() {}

    static JsonValue json(String quoted) {
        return Json.parse(quoted.replace('\'', '"'));
    }

    private static ChatRequest read(String members) {
        String body = "{'model':'m',".replace('\'', '"') + members.replace('\'', '"') + "}";
        return new OpenAiChatCodec()
                .readRequest(WireBody.read(Dialect.OPENAI_CHAT, body.getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns the request for a model; {@code members} are those of the client's body. */
    static JsonObject written(String model, String members) {
        return CODEC.writeRequest(read(members), model, true);
    }

    /** Returns the request with one plain message and these members besides. */
    static JsonObject asking(String model, String members) {
        return written(model, "'messages':[{'role':'user','content':'Hi'}]," + members);
    }

    /** Returns what of a request with one plain message and these members is lost. */
    static Set<String> lost(String model, String members) {
        return CODEC.unmapped(read("'messages':[{'role':'user','content':'Hi'}]," + members), model);
    }

    static Set<String> lostOf(String model, String members) {
        return CODEC.unmapped(read(members), model);
    }
}
