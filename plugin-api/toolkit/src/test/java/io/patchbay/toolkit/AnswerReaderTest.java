package io.patchbay.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Framing;
import io.patchbay.spi.Next;
import io.patchbay.spi.Turn;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AnswerReaderTest {
    private static final class Words extends AnswerReader {
        private Words(Turn<ChatEvent> turn) {
            super(turn);
        }

        @Override
        protected Next frame(String event, JsonObject frame) {
            writer().started(null, null).text(frame.string("text"));
            writer().finish(frame.string("end", ""), Map.of());
            return Next.more();
        }
    }

    @Test
    void anAnswerIsCompleteAfterTheReasonForItsEnd() {
        FlowRun<ChatEvent> run = run("{\"text\":\"a\"}", "{\"end\":\"yes\"}");

        assertThat(run.ending()).isEqualTo(FlowRun.Ending.DONE);
        assertThat(run.events()).last().isEqualTo(new ChatEvent.Finish("stop"));
    }

    @Test
    void anAnswerWithoutAReasonWasCutOff() {
        assertThat(run("{\"text\":\"a\"}").ending()).isEqualTo(FlowRun.Ending.FAILED);
    }

    private static FlowRun<ChatEvent> run(String... frames) {
        return FlowDriver.answering(Reply.sse(frames))
                .run(turn -> Flows.send(
                        HttpRequest.get("https://a.example"),
                        built -> Next.stream(built, Framing.SSE, new Words(turn))));
    }
}
