package io.patchbay.dialects.openai;

import io.patchbay.dialects.ChatEncoder;
import io.patchbay.dialects.ClientPlan;
import io.patchbay.dialects.frame.FrameOut;
import io.patchbay.spi.Usage;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Writes a chat stream as OpenAI does: the same id, time and model in all chunks, the role in the first chunk of each
 * choice, an empty delta with the finish reason in the last.
 */
final class OpenAiEncoder implements ChatEncoder {
    private static final byte[] DELTA = Splices.ascii(",\"delta\":{");
    private static final byte[] OPEN_END = Splices.ascii("},\"logprobs\":null,\"finish_reason\":null}]");
    private static final byte[] LOGPROBS = Splices.ascii("},\"logprobs\":");
    private static final byte[] NO_FINISH = Splices.ascii(",\"finish_reason\":null}]");
    private static final byte[] FINISH = Splices.ascii("},\"logprobs\":null,\"finish_reason\":");
    private static final byte[] NO_USAGE = Splices.ascii(",\"usage\":null}");
    private static final byte[] END = Splices.ascii("}");
    private static final byte[] CHOICE_END = Splices.ascii("}]");
    private static final byte[] ROLE = Splices.ascii("\"role\":\"assistant\",\"content\":\"\",\"refusal\":null");
    private static final byte[] ROLE_OF_CALLER = Splices.ascii("\"role\":\"assistant\",\"content\":null");
    private static final byte[] CONTENT = Splices.ascii("\"content\":");
    private static final byte[] REASONING = Splices.ascii("\"reasoning_content\":");
    private static final byte[] REFUSAL = Splices.ascii("\"refusal\":");
    private static final byte[] CALL = Splices.ascii("\"tool_calls\":[{\"index\":");
    private static final byte[] CALL_ID = Splices.ascii(",\"id\":");
    private static final byte[] CALL_NAME = Splices.ascii(",\"type\":\"function\",\"function\":{\"name\":");
    private static final byte[] CALL_FIRST_ARGUMENTS = Splices.ascii(",\"arguments\":");
    private static final byte[] CALL_ARGUMENTS = Splices.ascii(",\"function\":{\"arguments\":");
    private static final byte[] CALL_END = Splices.ascii("}}]");
    private static final byte[] DONE = Splices.ascii("[DONE]");

    private final ClientPlan plan;
    private final byte[] head;
    private final byte[] model;
    private final BitSet begun = new BitSet();
    private final BitSet finished = new BitSet();
    /** Calls that were told, one set per choice. */
    private BitSet[] calls = new BitSet[1];

    OpenAiEncoder(ClientPlan plan) {
        this.plan = plan;
        this.model = JsonValue.of(plan.publicModel()).toBytes();
        this.head = head(plan);
    }

    private static byte[] head(ClientPlan plan) {
        String object = JsonObject.builder()
                .put("id", plan.answerId())
                .put("object", "chat.completion.chunk")
                .put("created", plan.createdSeconds())
                .put("model", plan.publicModel())
                .build()
                .toJson();
        String open = object.substring(0, object.length() - 1) + ",\"choices\":[{\"index\":";
        return open.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void on(ChatEvent event, FrameOut out) {
        switch (event) {
            case ChatEvent.Started ignored -> {}
            case ChatEvent.Used ignored -> {}
            case ChatEvent.Text text -> string(text.choice(), CONTENT, text.text(), out);
            case ChatEvent.Reasoning reasoning -> string(reasoning.choice(), REASONING, reasoning.text(), out);
            case ChatEvent.Refusal refusal -> string(refusal.choice(), REFUSAL, refusal.text(), out);
            case ChatEvent.ToolCallPiece piece -> call(piece, out);
            case ChatEvent.Extra extra -> extra(extra, out);
            case ChatEvent.Finish finish -> finish(finish, out);
        }
    }

    private void string(int choice, byte[] member, String text, FrameOut out) {
        if (text.isEmpty()) {
            return;
        }
        role(choice, ROLE, out);
        open(choice, out).piece(member).quoted(text).piece(OPEN_END);
        close(out);
    }

    private void call(ChatEvent.ToolCallPiece piece, FrameOut out) {
        role(piece.choice(), ROLE_OF_CALLER, out);
        if (piece.choice() >= calls.length) {
            calls = Arrays.copyOf(calls, piece.choice() + 1);
        }
        BitSet told = calls[piece.choice()];
        if (told == null) {
            told = new BitSet();
            calls[piece.choice()] = told;
        }
        boolean first = !told.get(piece.index());
        if (!first && piece.arguments().isEmpty()) {
            return;
        }
        told.set(piece.index());
        open(piece.choice(), out).piece(CALL).number(piece.index());
        if (first) {
            String id = piece.id();
            String name = piece.name();
            out.piece(CALL_ID)
                    .quoted(id == null || id.isEmpty() ? ToolCallReader.newId() : id)
                    .piece(CALL_NAME)
                    .quoted(name == null ? "" : name)
                    .piece(CALL_FIRST_ARGUMENTS);
        } else {
            out.piece(CALL_ARGUMENTS);
        }
        out.quoted(piece.arguments()).piece(CALL_END).piece(OPEN_END);
        close(out);
    }

    /** Log probabilities lie beside the delta, everything else inside. */
    private void extra(ChatEvent.Extra extra, FrameOut out) {
        JsonObject members = extra.members();
        JsonValue logprobs = members.get("logprobs");
        JsonObject inner = logprobs == null
                ? members
                : members.toBuilder().remove("logprobs").build();
        role(extra.choice(), ROLE, out);
        open(extra.choice(), out);
        byte[] delta = inner.toBytes();
        out.piece(delta, 1, delta.length - 2);
        if (logprobs == null) {
            out.piece(OPEN_END);
        } else {
            out.piece(LOGPROBS).piece(logprobs.toBytes()).piece(NO_FINISH);
        }
        close(out);
    }

    private void finish(ChatEvent.Finish finish, FrameOut out) {
        if (finished.get(finish.choice())) {
            return;
        }
        role(finish.choice(), ROLE, out);
        finished.set(finish.choice());
        open(finish.choice(), out)
                .piece(FINISH)
                .quoted(FinishWords.forClients(finish.reason()))
                .piece(CHOICE_END);
        close(out);
    }

    private void role(int choice, byte[] members, FrameOut out) {
        if (!begun.get(choice)) {
            begun.set(choice);
            open(choice, out).piece(members).piece(OPEN_END);
            close(out);
        }
    }

    private FrameOut open(int choice, FrameOut out) {
        return out.open(null).piece(head).number(choice).piece(DELTA);
    }

    private void close(FrameOut out) {
        out.piece(plan.usageAsked() ? NO_USAGE : END).close();
    }

    @Override
    public void tail(Usage usage, FrameOut out) {
        if (plan.usageAsked()) {
            Chunks.usage(plan.answerId(), plan.createdSeconds(), model, UsageJson.write(usage), out);
        }
        out.open(null).piece(DONE).close();
    }
}
