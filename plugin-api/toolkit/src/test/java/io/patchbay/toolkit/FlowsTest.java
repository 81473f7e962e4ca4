package io.patchbay.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Usage;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class FlowsTest {
    @Test
    void oneAnswerBecomesOneValue() {
        FlowRun<String> run = FlowDriver.answering(Reply.json("{\"name\":\"a\"}"))
                .run(Flows.value(HttpRequest.get("https://host.example/x"), FlowsTest::name));

        assertThat(run.mistakes()).isEmpty();
        assertThat(run.events()).containsExactly("a");
        assertThat(run.ending()).isEqualTo(FlowRun.Ending.DONE);
    }

    @Test
    void anAnswerOfAnotherShapeIsReadAsTheErrorItWears() {
        FlowRun<String> run = FlowDriver.answering(Reply.json(
                        "{\"error\":{\"message\":\"Incorrect API key provided\",\"code\":\"invalid_api_key\"}}"))
                .run(Flows.value(HttpRequest.get("https://host.example/x"), FlowsTest::name));

        assertThat(run.fault()).isNotNull();
        assertThat(run.fault().kind()).isEqualTo(FaultKind.KEY_DEAD);
    }

    @Test
    void aRefusalIsNotRead() {
        FlowRun<String> run = FlowDriver.answering(Reply.json(503, "{\"name\":\"a\"}"))
                .run(Flows.value(HttpRequest.get("https://host.example/x"), FlowsTest::name));

        assertThat(run.events()).isEmpty();
        assertThat(run.fault()).isNotNull();
        assertThat(run.fault().kind()).isEqualTo(FaultKind.RETRY);
    }

    @Test
    void pagesAreAskedForOneAfterTheOther() {
        FlowRun<String> run = FlowDriver.answering((request, index) -> Reply.json(
                        index < 2
                                ? "{\"names\":[\"" + index + "\"],\"next\":\"" + (index + 1) + "\"}"
                                : "{\"names\":[\"2\"]}"))
                .run(Flows.pages(page("0"), FlowsTest::names));

        assertThat(run.mistakes()).isEmpty();
        assertThat(run.events()).containsExactly("0", "1", "2");
        assertThat(run.sent().stream().map(request -> request.url().replaceAll(".*=", "")))
                .containsExactly("0", "1", "2");
    }

    @Test
    void pagesThatNeverEndAreStopped() {
        FlowDriver endless = FlowDriver.answering(Reply.json("{\"names\":[\"a\"],\"next\":\"b\"}"));

        FlowRun<String> run = endless.run(Flows.pages(page("a"), FlowsTest::names));

        assertThat(run.mistakes()).isEmpty();
        assertThat(run.events()).hasSize(Flows.MOST_PAGES);
        assertThat(run.ending()).isEqualTo(FlowRun.Ending.DONE);
    }

    @Test
    void anAnswerLargerThanTheLimitIsRefused() {
        FlowRun<String> run = FlowDriver.answering(Reply.json("{\"names\":[\"0123456789\"]}"))
                .run(Flows.pages(page("0"), 10, FlowsTest::names));

        assertThat(run.fault()).isNotNull();
        assertThat(run.fault().kind()).isEqualTo(FaultKind.UPSTREAM);
    }

    @Test
    void aProductIsHandedOnUnread() {
        FlowRun<Usage> run = FlowDriver.answering(Reply.of(200, "audio/mpeg", new byte[] {1, 2, 3}))
                .run(Flows.pass(HttpRequest.post("https://host.example/speech")));

        assertThat(run.mistakes()).isEmpty();
        assertThat(run.ending()).isEqualTo(FlowRun.Ending.PASSED);
        assertThat(run.passed()).isNotNull();
        assertThat(run.passed().body()).containsExactly(1, 2, 3);
    }

    @Test
    void anErrorInPlaceOfAProductIsAFault() {
        FlowRun<Usage> run = FlowDriver.answering(Reply.json(429, "{}"))
                .run(Flows.pass(HttpRequest.post("https://host.example/speech")));

        assertThat(run.fault()).isNotNull();
        assertThat(run.fault().kind()).isEqualTo(FaultKind.RATE);
    }

    @Test
    void anAddressThatIsNoneIsAFaultOfTheConfiguration() {
        FlowRun<String> run =
                FlowDriver.silent().run(Flows.value(HttpRequest.get("ftp://host.example"), FlowsTest::name));

        assertThat(run.mistakes()).isEmpty();
        assertThat(run.fault()).isNotNull();
        assertThat(run.fault().kind()).isEqualTo(FaultKind.CONFIG);
    }

    private static @Nullable String name(Answer answer) {
        return Objects.requireNonNull(answer.json()).string("name");
    }

    private static Flows.@Nullable Page<String> names(Answer answer) {
        JsonValue body = Objects.requireNonNull(answer.json());
        List<String> names =
                body.elements("names").stream().map(JsonValue::scalarText).toList();
        String next = body.string("next");
        return new Flows.Page<>(names, next == null ? null : page(next));
    }

    private static HttpRequest.Builder page(String from) {
        return HttpRequest.get("https://host.example/list").query("from", from);
    }
}
