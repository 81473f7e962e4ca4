package io.patchbay.plugin.coze;

import io.patchbay.dialects.fault.FaultReader;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Next;
import io.patchbay.spi.Turn;
import io.patchbay.spi.Usage;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonException;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.ChatWriter;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a chat said so far, whether it streams or is polled. */
final class CozeAnswer {
    private final Turn<ChatEvent> turn;
    private final CozeServer server;
    private final Consumer<@Nullable String> remember;
    private final ChatWriter writer;
    private final Set<String> streamed = new HashSet<>();
    private @Nullable String chat;
    private @Nullable String conversation;

    /** Creates an answer; {@code remember} gets Coze's conversation when it is complete. */
    CozeAnswer(Turn<ChatEvent> turn, CozeServer server, Consumer<@Nullable String> remember) {
        this.turn = turn;
        this.server = server;
        this.remember = remember;
        this.writer = new ChatWriter(turn);
    }

    Turn<ChatEvent> turn() {
        return turn;
    }

    CozeServer server() {
        return server;
    }

    /** Learns which chat this is; from then on it can be stopped, because it goes on and costs after a client left. */
    void begun(JsonObject frame) {
        String id = frame.string("id");
        if (chat != null || id == null) {
            return;
        }
        chat = id;
        conversation = frame.string("conversation_id");
        writer.started(id, null);
        turn.farewell(server.post(
                        "/v3/chat/cancel",
                        JsonObject.builder()
                                .put("chat_id", id)
                                .put("conversation_id", conversation)
                                .build())
                .build());
    }

    @Nullable
    String chat() {
        return chat;
    }

    @Nullable
    String conversation() {
        return conversation;
    }

    /** Adds a piece of a message. */
    void piece(JsonObject message) {
        if (message.string("type", "").equals("answer")) {
            streamed.add(message.string("id", ""));
            writer.reasoning(message.string("reasoning_content"));
            writer.text(message.string("content"));
        }
    }

    /** Adds a whole message; one that came in pieces is complete already. */
    void message(JsonObject message) {
        switch (message.string("type", "")) {
            case "answer" -> {
                if (!streamed.contains(message.string("id", ""))) {
                    piece(message);
                }
            }
            case "function_call" -> writer.reasoning(called(message.string("content", "")));
            default -> {
                // What tools and knowledge said belongs to the bot's owner; suggested questions are no answer.
            }
        }
    }

    /** Tells which of its own tools the bot used. */
    private static @Nullable String called(String content) {
        try {
            JsonValue call = Json.parse(content);
            String name = call.string("name");
            JsonValue arguments = call.get("arguments");
            return name == null ? null : name + " " + (arguments == null ? "" : arguments.toJson()) + "\n";
        } catch (JsonException e) {
            return null;
        }
    }

    /** Ends with a chat that is complete. */
    Next completed(JsonObject frame) {
        used(frame);
        remember.accept(conversation);
        turn.farewell(null);
        return writer.done();
    }

    /** Ends with the calls of tools that only the client has; the chat waits for their answers. */
    Next actionRequired(JsonObject frame) {
        JsonValue calls = frame.at("required_action", "submit_tool_outputs", "tool_calls");
        if (calls == null || calls.elements().isEmpty()) {
            return Next.fail(Fault.of(FaultKind.UPSTREAM, "the bot waits for something, but does not say for what"));
        }
        for (JsonValue call : calls.elements()) {
            String id = call.string("id", "");
            JsonValue name = call.at("function", "name");
            JsonValue arguments = call.at("function", "arguments");
            if (name != null) {
                String written = arguments == null ? "{}" : arguments.string();
                writer.toolCall(
                        id,
                        ToolOutputs.id(conversation, chat, id),
                        name.string(),
                        written == null ? String.valueOf(arguments) : written);
            }
        }
        used(frame);
        turn.farewell(null);
        return writer.done();
    }

    /** Ends with a chat that failed. */
    Next failed(JsonObject frame) {
        JsonValue error = frame.get("last_error");
        return Next.fail(FaultReader.inBand(error == null ? frame : error));
    }

    private void used(JsonObject frame) {
        JsonValue usage = frame.get("usage");
        if (usage == null) {
            return;
        }
        long input = Math.max(usage.longValue("input_count", 0), usage.longValue("input_tokens", 0));
        long output = Math.max(usage.longValue("output_count", 0), usage.longValue("output_tokens", 0));
        if (input + output > 0) {
            writer.used(Usage.builder()
                    .input(input)
                    .output(output)
                    .raw(usage.asObject())
                    .build());
        }
    }
}
