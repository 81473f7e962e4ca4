package io.patchbay.plugin.sparkdesk;

import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Next;
import io.patchbay.spi.Turn;
import io.patchbay.spi.Usage;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonException;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.ChatWriter;
import io.patchbay.toolkit.Citations;
import io.patchbay.toolkit.JsonSocketReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks when the socket is open and reads the answer's messages. One object serves one run. */
final class SparkReader extends JsonSocketReader {
    /** Refusals of what was said, after some of it was said already. */
    private static final List<String> STOPPED = List.of("10014", "10019");

    private final Turn<ChatEvent> turn;
    private final ChatWriter out;
    private final Citations citations;
    private boolean said;

    SparkReader(Turn<ChatEvent> turn, JsonObject question) {
        super(question);
        this.turn = turn;
        this.out = new ChatWriter(turn);
        this.citations = new Citations(turn);
    }

    @Override
    protected Next message(JsonObject message) {
        JsonValue header = message.get("header");
        JsonValue code = header == null ? null : header.get("code");
        if (header == null || code == null || code.scalarText() == null) {
            return Next.fail(Fault.of(FaultKind.UPSTREAM, "the upstream sent a message without a code"));
        }
        if (!"0".equals(code.scalarText())) {
            return refused(code.scalarText(), header);
        }
        out.started(header.string("sid"), null);
        read(message.at("payload", "choices", "text", 0));
        plugins(message.at("payload", "plugins", "text"));
        JsonValue usage = message.at("payload", "usage", "text");
        if (usage instanceof JsonObject raw) {
            out.used(Usage.builder()
                    .input(raw.longValue("prompt_tokens", 0))
                    .output(raw.longValue("completion_tokens", 0))
                    .raw(raw)
                    .build());
        }
        JsonValue choices = message.at("payload", "choices");
        long status = choices == null ? header.longValue("status", 0) : choices.longValue("status", 0);
        return status == 2 ? out.done() : Next.more();
    }

    /** What was said before the review stopped it is valid, and has been delivered. */
    private Next refused(String code, JsonValue header) {
        if (said && STOPPED.contains(code)) {
            return out.finish("content_filter").done();
        }
        Fault fault = SparkChannelType.FILE.faults().fault(code, header.string("message"));
        String sid = header.string("sid");
        if (sid != null) {
            turn.note("sid", sid);
        }
        return Next.fail(fault);
    }

    private void read(@Nullable JsonValue text) {
        if (text == null) {
            return;
        }
        out.reasoning(text.string("reasoning_content"));
        String content = text.string("content", "");
        said |= !content.isEmpty();
        out.text(content);
        JsonValue function = text.get("function_call");
        if (function instanceof JsonObject) {
            out.toolCall("0", null, function.string("name"), function.string("arguments", ""));
        }
    }

    /** Sources of a search come as JSON inside a text. */
    private void plugins(@Nullable JsonValue plugins) {
        for (JsonValue plugin : plugins == null ? List.<JsonValue>of() : plugins.elements()) {
            try {
                Json.parse(plugin.string("content", "[]"))
                        .elements()
                        .forEach(source -> citations.add(source.string("url"), source.string("title")));
            } catch (JsonException e) {
                // Sources that cannot be read are no reason to lose the answer.
                turn.note("sources", "unreadable");
            }
        }
        citations.tell();
    }

    /** A wrong date is the only reason for a 403 here, and the clock's fault, not the key's. */
    @Override
    public Next refused(Answer answer) {
        Fault fault = answer.fault();
        return Next.fail(
                answer.status() == 403 ? fault.toBuilder().kind(FaultKind.CLOCK).build() : fault);
    }
}
