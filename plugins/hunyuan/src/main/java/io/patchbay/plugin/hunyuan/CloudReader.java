package io.patchbay.plugin.hunyuan;

import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Next;
import io.patchbay.spi.Turn;
import io.patchbay.spi.Usage;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.AnswerReader;
import io.patchbay.toolkit.ChatWriter;
import io.patchbay.toolkit.Citations;
import java.util.Map;

/** Reads the cloud API's answers: bare frames, or one answer in an envelope. One object serves one run. */
final class CloudReader extends AnswerReader {
    private final ChatWriter writer;
    private final Citations citations;

    CloudReader(Turn<ChatEvent> turn) {
        super(turn);
        this.citations = new Citations(turn);
        this.writer = writer();
    }

    @Override
    protected Next frame(String event, JsonObject frame) {
        if (frame.get("ErrorMsg") instanceof JsonObject error) {
            return Next.fail(Fault.builder(FaultKind.UPSTREAM, error.string("Msg", "the upstream reported an error"))
                    .vendorCode(Long.toString(error.longValue("Code", 0)))
                    .build());
        }
        if (frame.get("Response") instanceof JsonObject) {
            return fail(frame);
        }
        if (!writer.isFinished()) {
            read(frame, "Delta");
        }
        return Next.more();
    }

    /** Every error has status 200 and an envelope, like a whole answer. */
    @Override
    public Next unframed(Answer answer) {
        JsonValue body = answer.ok() ? answer.json() : null;
        JsonValue inner = body == null ? null : body.get("Response");
        if (inner == null || !(inner.at("Choices", 0) instanceof JsonObject)) {
            return Next.fail(answer.fault());
        }
        read(inner, "Message");
        return writer.done();
    }

    private void read(JsonValue answer, String holder) {
        if (!(answer.at("Choices", 0) instanceof JsonObject choice)) {
            return;
        }
        writer.started(answer.string("Id"), null);
        JsonValue search = answer.get("SearchInfo");
        if (search != null) {
            search.elements("SearchResults")
                    .forEach(found -> citations.add(found.string("Url"), found.string("Title")));
            citations.tell();
        }
        JsonValue said = choice.get(holder);
        if (said != null) {
            writer.reasoning(said.string("ReasoningContent"));
            writer.text(said.string("Content"));
            calls(said);
        }
        if (answer.get("Usage") instanceof JsonObject usage) {
            writer.used(Usage.builder()
                    .input(usage.longValue("PromptTokens", 0))
                    .output(usage.longValue("CompletionTokens", 0))
                    .raw(usage)
                    .build());
        }
        writer.finish(choice.string("FinishReason", ""), Map.of("sensitive", "content_filter", "length", "length"));
    }

    private void calls(JsonValue said) {
        int place = 0;
        for (JsonValue call : said.elements("ToolCalls")) {
            JsonValue function = call.get("Function");
            if (function != null) {
                writer.toolCall(
                        Long.toString(call.longValue("Index", place)),
                        call.string("Id"),
                        function.string("Name"),
                        function.string("Arguments", ""));
            }
            place++;
        }
    }
}
