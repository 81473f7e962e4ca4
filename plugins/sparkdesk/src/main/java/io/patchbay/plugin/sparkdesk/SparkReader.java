package io.patchbay.plugin.sparkdesk;

import io.patchbay.spi.Bytes;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Next;
import io.patchbay.spi.Socket;
import io.patchbay.spi.SocketReader;
import io.patchbay.spi.Turn;
import io.patchbay.spi.Usage;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonException;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.ChatWriter;
import io.patchbay.toolkit.FaultCodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks when the socket is open and reads the answer's messages. One object serves one run. */
final class SparkReader implements SocketReader {
    /** Codes of {@code header.code} (sparkdesk page, read 2026-11). */
    private static final FaultCodes CODES = FaultCodes.of(Map.ofEntries(
            Map.entry("10000", FaultKind.RETRY),
            Map.entry("10001", FaultKind.RETRY),
            Map.entry("10002", FaultKind.RETRY),
            Map.entry("10003", FaultKind.BAD_REQUEST),
            Map.entry("10004", FaultKind.BAD_REQUEST),
            Map.entry("10005", FaultKind.BAD_REQUEST),
            Map.entry("10006", FaultKind.RATE),
            Map.entry("10007", FaultKind.RATE),
            Map.entry("10008", FaultKind.RETRY),
            Map.entry("10013", FaultKind.CONTENT),
            Map.entry("10014", FaultKind.CONTENT),
            Map.entry("10015", FaultKind.KEY_DEAD),
            Map.entry("10016", FaultKind.NO_ACCESS),
            Map.entry("10018", FaultKind.RATE),
            Map.entry("10019", FaultKind.CONTENT),
            Map.entry("10110", FaultKind.RETRY),
            Map.entry("10163", FaultKind.BAD_REQUEST),
            Map.entry("10907", FaultKind.TOO_LONG),
            Map.entry("11200", FaultKind.NO_ACCESS),
            Map.entry("11201", FaultKind.QUOTA),
            Map.entry("11202", FaultKind.RATE),
            Map.entry("11203", FaultKind.RATE)));

    /** Refusals of what was said, after some of it was said already. */
    private static final List<String> STOPPED = List.of("10014", "10019");

    private final Turn<ChatEvent> turn;
    private final ChatWriter out;
    private final String question;
    private boolean said;

    SparkReader(Turn<ChatEvent> turn, String question) {
        this.turn = turn;
        this.out = new ChatWriter(turn);
        this.question = question;
    }

    @Override
    public Next opened(Socket socket) {
        socket.send(question);
        return Next.more();
    }

    @Override
    public Next on(Bytes data) {
        JsonValue message;
        try {
            message = data.json();
        } catch (JsonException e) {
            return Next.fail(Fault.of(FaultKind.UPSTREAM, "the upstream sent a message that is no JSON"));
        }
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
        Fault fault = CODES.fault(code, header.string("message"));
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
        List<JsonValue> citations = new ArrayList<>();
        for (JsonValue plugin : plugins == null ? List.<JsonValue>of() : plugins.elements()) {
            try {
                for (JsonValue source :
                        Json.parse(plugin.string("content", "[]")).elements()) {
                    JsonObject citation = JsonObject.builder()
                            .put("url", source.string("url", ""))
                            .put("title", source.string("title", ""))
                            .build();
                    citations.add(JsonObject.builder()
                            .put("type", "url_citation")
                            .put("url_citation", citation)
                            .build());
                }
            } catch (JsonException e) {
                // Sources that cannot be read are no reason to lose the answer.
                turn.note("sources", "unreadable");
            }
        }
        if (!citations.isEmpty()) {
            turn.emit(new ChatEvent.Extra(
                    0,
                    JsonObject.builder()
                            .put("annotations", new JsonArray(citations))
                            .build()));
        }
    }

    /** A wrong date is the only reason for a 403 here, and the clock's fault, not the key's. */
    @Override
    public Next refused(Answer answer) {
        Fault fault = answer.fault();
        return Next.fail(
                answer.status() == 403 ? fault.toBuilder().kind(FaultKind.CLOCK).build() : fault);
    }
}
