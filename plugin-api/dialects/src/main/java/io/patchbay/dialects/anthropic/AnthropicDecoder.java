package io.patchbay.dialects.anthropic;

import io.patchbay.dialects.ChatDecoder;
import io.patchbay.dialects.TapFacts;
import io.patchbay.dialects.fault.FaultReader;
import io.patchbay.dialects.scan.JsonCursor;
import io.patchbay.dialects.scan.ScanException;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Profile;
import io.patchbay.spi.Usage;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonException;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.util.function.Consumer;

/**
 * Reads the events of a streamed message, or one whole message. Blocks and events it does not know are passed over.
 * Thinking that has a signature is told twice: as reasoning while it comes, and once more as {@code reasoning_details}
 * when it is complete, so that a client can send it back.
 */
final class AnthropicDecoder implements ChatDecoder {
    private final Profile profile;
    private final boolean whole;
    private final MessageFacts facts = new MessageFacts();
    private final BlockReader blocks = new BlockReader(facts);
    private boolean started;
    private boolean used;

    AnthropicDecoder(Profile profile, boolean whole) {
        this.profile = profile;
        this.whole = whole;
    }

    @Override
    public void on(String event, Bytes payload, Consumer<ChatEvent> out) {
        if (facts.over()) {
            return;
        }
        JsonValue value;
        try {
            value = payload.json();
        } catch (JsonException e) {
            unreadable(payload);
            return;
        }
        if (value instanceof JsonObject object) {
            if (whole) {
                message(object, out);
            } else {
                event(object.string("type", event), object, out);
            }
        } else if (event.equals("error") || value instanceof JsonArray && FaultReader.isError(value)) {
            facts.fail(AnthropicFaults.inBand(value));
        }
    }

    /** What does not even begin as an object is noise: a keep-alive word, another dialect's end marker. */
    private void unreadable(Bytes payload) {
        int begin = 0;
        while (begin < payload.length() && payload.at(begin) <= ' ') {
            begin++;
        }
        if (begin == payload.length() || payload.at(begin) != '{') {
            return;
        }
        boolean cut = false;
        try {
            JsonCursor cursor = new JsonCursor();
            cursor.over(payload.array(), payload.offset(), payload.offset() + payload.length());
            cursor.skip();
            cursor.finish();
        } catch (ScanException e) {
            cut = e.cut();
        }
        if (cut) {
            facts.fail(Fault.of(FaultKind.TRUNCATED, "the upstream's answer broke off inside an event"));
        } else {
            facts.malformed("the upstream sent an event that is no JSON");
        }
    }

    private void event(String type, JsonObject payload, Consumer<ChatEvent> out) {
        long index = payload.longValue("index", 0);
        switch (type) {
            case "message_start" -> start(object(payload, "message"), out);
            case "content_block_start" -> blocks.begin(index, object(payload, "content_block"), out);
            case "content_block_delta" -> blocks.piece(index, object(payload, "delta"), out);
            case "content_block_stop" -> blocks.end(index, out);
            case "message_delta" -> {
                facts.usage(object(payload, "usage"), true);
                finish(object(payload, "delta"), out);
            }
            case "message_stop" -> stop(out);
            case "ping" -> {}
            case "error" -> facts.fail(AnthropicFaults.inBand(payload));
            default -> {
                if (FaultReader.isError(payload)) {
                    facts.fail(AnthropicFaults.inBand(payload));
                }
            }
        }
    }

    private static JsonObject object(JsonObject payload, String name) {
        JsonValue value = payload.get(name);
        return value == null ? JsonObject.EMPTY : value.asObject();
    }

    /** Some proxies repeat the start; another message is another answer, which cannot follow words already told. */
    private void start(JsonObject message, Consumer<ChatEvent> out) {
        String id = message.string("id");
        if (started && (id == null || id.equals(facts.upstreamId()))) {
            return;
        }
        if (started && facts.content()) {
            facts.malformed("the upstream began another answer in the middle of one");
            return;
        }
        started = true;
        blocks.clear();
        facts.begin(id, message.string("model"));
        facts.usage(object(message, "usage"), whole);
        out.accept(new ChatEvent.Started(id, facts.upstreamModel()));
    }

    private void finish(JsonObject delta, Consumer<ChatEvent> out) {
        String word = delta.string("stop_reason", "");
        if (word.isEmpty() || !facts.finishes().isEmpty()) {
            return;
        }
        blocks.endAll(out);
        JsonValue why = delta.get("stop_details");
        String explanation = why == null ? "" : why.string("explanation", "");
        if (!explanation.isEmpty() && word.equals("refusal")) {
            facts.said(explanation);
            out.accept(new ChatEvent.Refusal(0, explanation));
        }
        String reason = meaning(profile.finishWords().getOrDefault(word, word));
        facts.finish(0, reason);
        out.accept(new ChatEvent.Finish(reason));
    }

    /** Returns the canonical word; whether tools were called is known better than told. */
    private String meaning(String word) {
        return switch (word) {
            case "end_turn", "stop_sequence", "pause_turn", "tool_use", "stop", "tool_calls" ->
                facts.toolCalls() > 0 ? "tool_calls" : "stop";
            case "max_tokens", "model_context_window_exceeded" -> "length";
            case "refusal" -> "content_filter";
            default -> word;
        };
    }

    private void stop(Consumer<ChatEvent> out) {
        if (facts.content()) {
            finish(JsonObject.builder().put("stop_reason", "end_turn").build(), out);
        }
        facts.complete();
        used(out);
    }

    private void message(JsonObject message, Consumer<ChatEvent> out) {
        if (!(message.get("content") instanceof JsonArray content)) {
            if (FaultReader.isError(message)) {
                facts.fail(AnthropicFaults.inBand(message));
            } else {
                noAnswer();
            }
            return;
        }
        start(message, out);
        int index = 0;
        for (JsonValue block : content.elements()) {
            blocks.begin(index, block, out);
            blocks.end(index++, out);
        }
        finish(message, out);
        finish(JsonObject.builder().put("stop_reason", "end_turn").build(), out);
        facts.complete();
    }

    private void noAnswer() {
        facts.malformed("the upstream's answer holds no message");
    }

    private void used(Consumer<ChatEvent> out) {
        Usage usage = facts.usage();
        if (!used && usage != null) {
            used = true;
            out.accept(new ChatEvent.Used(usage));
        }
    }

    @Override
    public void end(Consumer<ChatEvent> out) {
        if (!facts.over()) {
            if (whole) {
                noAnswer();
            } else if (!profile.endMarker() && !facts.finishes().isEmpty()) {
                facts.complete();
            } else {
                facts.fail(Fault.of(FaultKind.TRUNCATED, "the upstream's answer ended before it was complete"));
            }
        }
        if (facts.fault() == null) {
            used(out);
        }
    }

    @Override
    public TapFacts facts() {
        return facts;
    }
}
