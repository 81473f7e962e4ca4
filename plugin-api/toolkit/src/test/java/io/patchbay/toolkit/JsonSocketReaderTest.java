package io.patchbay.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Next;
import io.patchbay.spi.Turn;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import org.junit.jupiter.api.Test;

final class JsonSocketReaderTest {
    private static final class Words extends JsonSocketReader {
        private final Turn<ChatEvent> turn;

        private Words(Turn<ChatEvent> turn) {
            super(Json.parse("{\"ask\":\"why\"}").asObject());
            this.turn = turn;
        }

        @Override
        protected Next message(JsonObject message) {
            turn.emit(new ChatEvent.Text(message.string("text", "")));
            return message.flag("end", false) ? Next.done() : Next.more();
        }
    }

    @Test
    void messagesAreReadUntilTheReaderIsDone() {
        FlowRun<ChatEvent> run = run("{\"text\":\"a\"}", "{\"text\":\"b\",\"end\":true}");

        assertThat(run.ending()).isEqualTo(FlowRun.Ending.DONE);
        assertThat(run.events()).containsExactly(new ChatEvent.Text("a"), new ChatEvent.Text("b"));
    }

    @Test
    void aMessageThatIsNoObjectIsAFault() {
        assertThat(run("no JSON").fault().kind()).isEqualTo(FaultKind.UPSTREAM);
        assertThat(run("[1]").fault().message()).isEqualTo("the upstream sent a message that is no JSON object");
    }

    private static FlowRun<ChatEvent> run(String... messages) {
        return FlowDriver.answering(Reply.socket(messages))
                .run(turn ->
                        Flows.send(HttpRequest.get("wss://a.example"), built -> Next.dial(built, new Words(turn))));
    }
}
