package io.patchbay.plugin.coze;

import io.patchbay.dialects.fault.FaultReader;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Framing;
import io.patchbay.spi.Next;
import io.patchbay.spi.Turn;
import io.patchbay.spi.Usage;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.chat.ChatMessage;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.ChatWriter;
import io.patchbay.toolkit.Flows;
import io.patchbay.toolkit.JsonReader;
import io.patchbay.toolkit.MessageParts;
import io.patchbay.toolkit.RequestFields;
import io.patchbay.toolkit.ServerConversation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run of a workflow, which takes a text as a parameter and tells messages of its nodes. */
final class WorkflowRun implements Flow<ChatEvent> {
    private final CozeServer server;
    private final String workflow;
    private final List<ChatMessage> messages;
    private final RequestFields fields;

    WorkflowRun(ChatCall call, Target target, ChannelView channel) {
        this.server = new CozeServer(channel);
        this.workflow = target.id();
        this.messages = call.request().messages();
        this.fields = RequestFields.of(call.request());
    }

    @Override
    public Next begin(Turn<ChatEvent> turn) {
        JsonValue given = fields.take("parameters");
        MessageParts.loseAllBut(fields, messages, "text");
        fields.reportRest(turn);
        JsonObject parameters = (given == null ? JsonObject.EMPTY : given.asObject())
                .toBuilder()
                        .put(server.channel().option("inputName"), new ServerConversation.Part(null, messages).text())
                        .build();
        JsonObject body = JsonObject.builder()
                .put("workflow_id", workflow)
                .put("parameters", parameters)
                .putAll(server.app())
                .build();
        return Flows.send(
                server.post("/v1/workflow/stream_run", body).header("Accept", "text/event-stream"),
                built -> Next.stream(built, Framing.SSE, new NodeReader(turn)));
    }

    /** Reads what the nodes say. */
    private static final class NodeReader extends JsonReader {
        private final Turn<ChatEvent> turn;
        private final ChatWriter writer;

        private NodeReader(Turn<ChatEvent> turn) {
            this.turn = turn;
            this.writer = new ChatWriter(turn);
        }

        @Override
        protected Next frame(String event, JsonObject frame) {
            return switch (event) {
                case "Message" -> {
                    writer.started(null, null).text(frame.string("content"));
                    yield used(frame.get("usage"));
                }
                case "Done" -> writer.done();
                case "Error" -> Next.fail(FaultReader.inBand(frame));
                case "Interrupt" ->
                    Next.fail(Fault.of(
                            FaultKind.NO_ACCESS,
                            "the workflow waits for somebody's input, which a chat cannot give it"));
                default -> Next.more();
            };
        }

        private Next used(@Nullable JsonValue usage) {
            if (usage != null) {
                long input = usage.longValue("input_count", 0);
                long output = usage.longValue("output_count", 0);
                writer.used(input + output > 0 ? Usage.of(input, output) : null);
            }
            return Next.more();
        }

        @Override
        public Next refused(Answer answer) {
            CozeServer.read(turn, answer);
            return super.refused(answer);
        }

        @Override
        public Next unframed(Answer answer) {
            CozeServer.read(turn, answer);
            return super.unframed(answer);
        }
    }
}
