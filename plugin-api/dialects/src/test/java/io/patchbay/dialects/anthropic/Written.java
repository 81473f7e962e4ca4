package io.patchbay.dialects.anthropic;

import io.patchbay.dialects.ChatCodecs;
import io.patchbay.dialects.wire.WireBody;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.chat.ChatRequest;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.nio.charset.StandardCharsets;

/** Requests as a client of the OpenAI dialect sends them, written in this one. */
final class Written {
    static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

    private Written() {}

    static ChatRequest read(String members) {
        byte[] body = ("{\"model\":\"m\"," + members + "}").getBytes(StandardCharsets.UTF_8);
        return ChatCodecs.client(Dialect.OPENAI_CHAT)
                .orElseThrow()
                .readRequest(WireBody.read(Dialect.OPENAI_CHAT, body));
    }

    /** Writes a request whose members are given, with one user message unless there are messages. */
    static AnthropicRequest of(String model, String members) {
        String all = members.contains("\"messages\"") ? members : members.isEmpty() ? HI : HI + "," + members;
        return AnthropicRequest.of(read(all), model, false);
    }

    static JsonObject body(String model, String members) {
        return of(model, members).body();
    }

    static JsonValue messages(String model, String messages) {
        return body(model, "\"messages\":" + messages).get("messages");
    }

    static JsonValue json(String text) {
        return Json.parse(text);
    }
}
