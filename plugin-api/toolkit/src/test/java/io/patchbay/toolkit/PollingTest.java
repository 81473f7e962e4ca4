package io.patchbay.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Next;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class PollingTest {
    @Test
    void anAnswerThatIsThereSoonIsAskedForEverySecond() {
        FlowRun<String> run = FlowDriver.answering(
                        Reply.json(404, "{}"), Reply.json(404, "{}"), Reply.json(404, "{}"), Reply.json("{}"))
                .run(waiting(Duration.ofMinutes(10)));

        assertThat(run.ending()).isEqualTo(FlowRun.Ending.DONE);
        assertThat(run.pauses()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    @Test
    void theLongerItTakesTheLessOftenIsAsked() {
        FlowRun<String> run = FlowDriver.answering(Reply.json(404, "{}")).run(waiting(Duration.ofMinutes(10)));

        assertThat(run.fault().kind()).isEqualTo(FaultKind.UPSTREAM);
        assertThat(run.fault().message()).isEqualTo("the upstream did not answer within 600 seconds");
        assertThat(run.pauses()).isSorted().hasSizeBetween(30, 48).last().isEqualTo(Duration.ofSeconds(30));
        assertThat(run.pauses().stream().reduce(Duration.ZERO, Duration::plus))
                .isBetween(Duration.ofSeconds(600), Duration.ofSeconds(630));
    }

    @Test
    void aRefusalThatMayPassIsWaitedFor() {
        Reply limited =
                Reply.json(429, "{\"error\":{\"message\":\"slow down\"}}").header("retry-after", "7");

        FlowRun<String> run =
                FlowDriver.answering(limited, limited, Reply.json("{}")).run(waiting(Duration.ofMinutes(10)));
        FlowRun<String> impatient = FlowDriver.answering(limited).run(waiting(Duration.ofMinutes(10)));
        FlowRun<String> wrong = FlowDriver.answering(Reply.json(401, "{}")).run(waiting(Duration.ofMinutes(10)));

        assertThat(run.ending()).isEqualTo(FlowRun.Ending.DONE);
        assertThat(run.pauses()).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(7));
        assertThat(impatient.fault().kind()).isEqualTo(FaultKind.RATE);
        assertThat(impatient.sent()).hasSize(4);
        assertThat(wrong.fault().kind()).isEqualTo(FaultKind.KEY_DEAD);
        assertThat(wrong.sent()).hasSize(1);
    }

    private static Flow<String> waiting(Duration most) {
        return turn -> {
            Polling polling = Polling.of(turn, most);
            return new Supplier<Next>() {
                @Override
                public Next get() {
                    return Next.ask(
                            HttpRequest.get("https://upstream.invalid/answer").build(),
                            answer -> answer.ok()
                                    ? Next.done()
                                    : answer.status() == 404
                                            ? polling.again(this)
                                            : polling.refused(answer.fault(), this));
                }
            }.get();
        };
    }
}
