package io.patchbay.plugin.coze;

import io.patchbay.dialects.fault.FaultReader;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Next;
import io.patchbay.spi.Reader;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.json.JsonException;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.Flows;
import io.patchbay.toolkit.JsonReader;
import io.patchbay.toolkit.Polling;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the named events of a chat, or polls it where a stream is not to be had. */
final class CozeReader implements Reader {
    /** How long a polled chat may take. */
    private static final Duration MOST = Duration.ofMinutes(10);

    private final CozeAnswer answer;
    private final @Nullable Supplier<Next> again;
    private final JsonReader frames = new JsonReader() {
        @Override
        protected Next frame(String event, JsonObject frame) {
            return CozeReader.this.frame(event, frame);
        }
    };

    /** Creates a reader; {@code again} asks another way when Coze no longer knows the conversation. */
    CozeReader(CozeAnswer answer, @Nullable Supplier<Next> again) {
        this.answer = answer;
        this.again = again;
    }

    @Override
    public Next on(String event, Bytes data) {
        // These two carry a text; the others an object.
        return switch (event) {
            case "done" -> end();
            case "error" -> Next.fail(FaultReader.inBand(error(data)));
            default -> frames.on(event, data);
        };
    }

    private static JsonValue error(Bytes data) {
        try {
            return data.json();
        } catch (JsonException e) {
            return JsonValue.of(data.utf8());
        }
    }

    private Next frame(String event, JsonObject frame) {
        switch (event) {
            case "conversation.chat.created", "conversation.chat.in_progress" -> answer.begun(frame);
            case "conversation.message.delta" -> answer.piece(frame);
            case "conversation.message.completed" -> answer.message(frame);
            case "conversation.chat.completed" -> {
                answer.begun(frame);
                return answer.completed(frame);
            }
            case "conversation.chat.requires_action" -> {
                answer.begun(frame);
                return answer.actionRequired(frame);
            }
            case "conversation.chat.failed" -> {
                return answer.failed(frame);
            }
            default -> {
                // Sounds, and whatever Coze invents next.
            }
        }
        return Next.more();
    }

    @Override
    public Next refused(Answer whole) {
        CozeServer.read(answer.turn(), whole);
        return failed(whole.fault());
    }

    @Override
    public Next unframed(Answer whole) {
        return whole(whole);
    }

    /** Reads the answer of a chat that runs in the background, and waits for it. */
    Next whole(Answer whole) {
        JsonObject data = CozeServer.data(CozeServer.read(answer.turn(), whole));
        if (!whole.ok() || data.string("id") == null) {
            return failed(whole.fault());
        }
        answer.begun(data);
        return state(data, Polling.of(answer.turn(), MOST));
    }

    private Next failed(Fault fault) {
        boolean forgotten = "4200".equals(fault.vendorCode());
        return again != null && forgotten ? again.get() : Next.fail(fault);
    }

    private Next state(JsonObject data, Polling polling) {
        return switch (data.string("status", "")) {
            case "completed" -> get("/v3/chat/message/list", polling, list -> messages(data, list));
            case "requires_action" -> answer.actionRequired(data);
            case "failed" -> answer.failed(data);
            case "" -> Next.fail(Fault.of(FaultKind.UPSTREAM, "the chat has no state"));
            case "canceled" -> Next.fail(Fault.of(FaultKind.UPSTREAM, "the chat was cancelled"));
            default ->
                polling.again(() -> get("/v3/chat/retrieve", polling, body -> state(CozeServer.data(body), polling)));
        };
    }

    private Next messages(JsonObject data, JsonValue list) {
        list.elements("data").forEach(message -> answer.message(message.asObject()));
        return answer.completed(data);
    }

    private interface Continuation {
        Next on(JsonValue body);
    }

    private Next get(String path, Polling polling, Continuation then) {
        return Flows.send(
                answer.server()
                        .get(path)
                        .query("conversation_id", String.valueOf(answer.conversation()))
                        .query("chat_id", String.valueOf(answer.chat())),
                built -> Next.ask(built, whole -> {
                    JsonValue body = CozeServer.read(answer.turn(), whole);
                    boolean good = whole.ok() && body.get("data") != null && body.longValue("code", 0) == 0;
                    return good ? then.on(body) : polling.refused(whole.fault(), () -> get(path, polling, then));
                }));
    }
}
