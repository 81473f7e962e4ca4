package io.patchbay.toolkit.openai;

import io.patchbay.dialects.fault.FaultReader;
import io.patchbay.dialects.openai.OpenAiMedia;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Next;
import io.patchbay.spi.Reader;
import io.patchbay.spi.Turn;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.json.JsonException;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.util.BitSet;

/** Reads text completions, streamed or whole. One object serves one run. */
final class CompletionReader implements Reader {
    private final Turn<ChatEvent> turn;
    private final int choices;
    private final BitSet finished = new BitSet();
    private boolean started;

    /** Reads so many choices. */
    CompletionReader(Turn<ChatEvent> turn, int choices) {
        this.turn = turn;
        this.choices = choices;
    }

    @Override
    public Next on(String event, Bytes data) {
        String text = data.length() > 16 ? "" : data.utf8().strip();
        if (text.equals("[DONE]")) {
            return end();
        }
        JsonValue chunk;
        try {
            chunk = data.json();
        } catch (JsonException e) {
            // Behind the last finish reason only the usage can be missing, and the host can count by itself.
            return complete()
                    ? Next.done()
                    : Next.fail(Fault.of(FaultKind.UPSTREAM, "the upstream sent an event that is no JSON"));
        }
        if (FaultReader.isError(chunk)) {
            return Next.fail(FaultReader.inBand(chunk));
        }
        read(chunk);
        return Next.more();
    }

    /** Some servers close the stream without an end marker; a finish reason is enough then. */
    @Override
    public Next end() {
        return complete() ? Next.done() : Reader.super.end();
    }

    @Override
    public Next unframed(Answer answer) {
        return whole(answer);
    }

    /** Reads a whole answer. */
    Next whole(Answer answer) {
        JsonValue body = answer.ok() ? answer.json() : null;
        if (body == null || body.elements("choices").isEmpty()) {
            return Next.fail(answer.fault());
        }
        read(body);
        return end();
    }

    private boolean complete() {
        return finished.cardinality() >= choices;
    }

    private void read(JsonValue chunk) {
        if (!started) {
            started = true;
            turn.emit(new ChatEvent.Started(chunk.string("id"), chunk.string("model")));
        }
        for (JsonValue choice : chunk.elements("choices")) {
            int index = Math.clamp(choice.longValue("index", 0), 0, 127);
            String text = choice.string("text", "");
            if (!text.isEmpty()) {
                turn.emit(new ChatEvent.Text(index, text));
            }
            String reason = choice.string("finish_reason", "");
            if (!reason.isEmpty()) {
                finished.set(index);
                turn.emit(new ChatEvent.Finish(index, reason));
            }
        }
        if (chunk.get("usage") instanceof JsonObject usage) {
            turn.emit(new ChatEvent.Used(OpenAiMedia.readUsage(usage)));
        }
    }
}
