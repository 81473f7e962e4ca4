package io.patchbay.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Dialect;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Framing;
import io.patchbay.spi.Next;
import io.patchbay.spi.Reader;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestChatCall;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class VendorFaultsTest {
    private static final VendorFaults FAULTS = VendorFaults.NONE
            .words(FaultKind.TOO_LONG, "Range of Input", "InvalidParameter")
            .code(FaultKind.BAD_REQUEST, "InvalidParameter*")
            .code(FaultKind.CONTENT, "*risk*", "1301")
            .words(FaultKind.QUOTA, "free tier", "*");
    private static final String ERROR = "{\"error\":{\"code\":\"1301\",\"message\":\"not that\"}}";

    @Test
    void theFirstRuleThatFitsWins() {
        assertThat(kind("InvalidParameter", "range of input length should be 1 to 8"))
                .isEqualTo(FaultKind.TOO_LONG);
        assertThat(kind("InvalidParameter", "top_p")).isEqualTo(FaultKind.BAD_REQUEST);
        assertThat(kind("invalidparameter.Size", "range of input")).isEqualTo(FaultKind.BAD_REQUEST);
    }

    @Test
    void aStarStandsForAnythingAtEitherEnd() {
        assertThat(kind("OutputRiskDetection", "")).isEqualTo(FaultKind.CONTENT);
        assertThat(kind("1301", "")).isEqualTo(FaultKind.CONTENT);
        assertThat(kind("13011", "")).isEqualTo(FaultKind.UPSTREAM);
        assertThat(kind(null, "the Free Tier is used up")).isEqualTo(FaultKind.QUOTA);
    }

    @Test
    void aRuleMayCountForOneStatusOnly() {
        VendorFaults faults = VendorFaults.NONE.status(FaultKind.NO_ACCESS, 401, "invalid_model");
        Fault.Builder fault = Fault.builder(FaultKind.BAD_REQUEST, "").vendorCode("invalid_model");

        assertThat(faults.read(fault.status(400).build()).kind()).isEqualTo(FaultKind.BAD_REQUEST);
        assertThat(faults.read(fault.status(401).build()).kind()).isEqualTo(FaultKind.NO_ACCESS);
    }

    @Test
    void whatTheHostFoundOutStays() {
        Fault fault = Fault.builder(FaultKind.UPSTREAM, "words")
                .vendorCode("1301")
                .sub("upstream_server")
                .status(429)
                .after(Duration.ofSeconds(3))
                .build();

        Fault read = FAULTS.read(fault);

        assertThat(read.kind()).isEqualTo(FaultKind.CONTENT);
        assertThat(read.message()).isEqualTo("words");
        assertThat(read.after()).isEqualTo(Duration.ofSeconds(3));
        assertThat(read.status()).isEqualTo(429);
        assertThat(read.sub()).isNull();
    }

    @Test
    void noiseIsTakenFromTheVendorsWords() {
        VendorFaults faults = FAULTS.silencing(Pattern.compile(" *\\(request id: [a-z0-9]+\\)"));

        assertThat(faults.read(Fault.of(FaultKind.RATE, "slow down (request id: 2024x)"))
                        .message())
                .isEqualTo("slow down");
        assertThat(faults.read(Fault.of(FaultKind.RATE, "(request id: 1)")).message())
                .isEqualTo("(request id: 1)");
        assertThat(VendorFaults.NONE
                        .and(faults)
                        .read(Fault.of(FaultKind.RATE, "a (request id: 1)"))
                        .message())
                .isEqualTo("a");
    }

    @Test
    void aRefusalOfAWholeAnswerIsRead() {
        assertThat(fault(Flows.value(get(), answer -> null), Reply.json(500, ERROR)))
                .isEqualTo(FaultKind.CONTENT);
        assertThat(fault(Flows.value(get(), answer -> null), Reply.json(200, ERROR)))
                .isEqualTo(FaultKind.CONTENT);
    }

    @Test
    void aFrameOfAStreamIsRead() {
        Flow<String> flow = turn -> Next.stream(get().build(), Framing.SSE, new JsonReader() {
            @Override
            protected Next frame(String event, JsonObject frame) {
                return fail(frame);
            }
        });

        assertThat(fault(flow, Reply.sse(ERROR))).isEqualTo(FaultKind.CONTENT);
        assertThat(fault(flow, Reply.json(429, ERROR))).isEqualTo(FaultKind.CONTENT);
        assertThat(fault(flow, Reply.json(ERROR))).isEqualTo(FaultKind.CONTENT);
    }

    @Test
    void anErrorInsideADialectIsReadBeforeContent() {
        assertThat(chat(Reply.sse(ERROR)).fault()).extracting(Fault::kind).isEqualTo(FaultKind.CONTENT);
        assertThat(chat(Reply.json(429, ERROR)).fault()).extracting(Fault::kind).isEqualTo(FaultKind.CONTENT);
        assertThat(chat(Reply.json(ERROR)).fault()).extracting(Fault::kind).isEqualTo(FaultKind.CONTENT);
    }

    @Test
    void whatFollowsAPauseOrAnAskingIsReadToo() {
        Flow<String> flow = turn ->
                Next.pause(Duration.ofSeconds(1), () -> Next.ask(get().build(), answer -> Next.fail(answer.fault())));

        assertThat(fault(flow, Reply.json(400, ERROR))).isEqualTo(FaultKind.CONTENT);
    }

    @Test
    void aReadersOwnEndStays() {
        Reader reader = (event, data) -> Next.more();

        assertThat(fault(turn -> Next.stream(get().build(), Framing.SSE, reader), Reply.sse("{}")))
                .isEqualTo(FaultKind.TRUNCATED);
    }

    private static FaultKind kind(String code, String message) {
        return FAULTS.read(Fault.builder(FaultKind.UPSTREAM, message)
                        .vendorCode(code)
                        .build())
                .kind();
    }

    private static FaultKind fault(Flow<String> flow, Reply reply) {
        FlowRun<String> run = FlowDriver.answering(reply).run(FAULTS.over(flow));
        assertThat(run.mistakes()).isEmpty();
        assertThat(run.fault()).isNotNull();
        return run.fault().kind();
    }

    private static FlowRun<ChatEvent> chat(Reply reply) {
        return FlowDriver.answering(reply)
                .chat(FAULTS.over(DialectChat.of(
                        TestChatCall.asking("m", "Hi"),
                        Dialect.OPENAI_CHAT,
                        () -> HttpRequest.post("https://a.example"))));
    }

    private static HttpRequest.Builder get() {
        return HttpRequest.get("https://host.example/x");
    }

    @Test
    void aCodeThePluginFoundItselfIsReadByTheRules() {
        VendorFaults faults = VendorFaults.NONE.code(FaultKind.RATE, "23");

        assertThat(faults.fault("23", " slow down ").kind()).isEqualTo(FaultKind.RATE);
        assertThat(faults.fault("23", " slow down ").message()).isEqualTo("slow down");
        assertThat(faults.fault("24", null).kind()).isEqualTo(FaultKind.UPSTREAM);
        assertThat(faults.fault("24", null).message()).isEqualTo("the upstream reported the error 24");
        assertThat(faults.fault("24", null).vendorCode()).isEqualTo("24");
        assertThat(faults.fault("24", "a".repeat(600)).message()).hasSize(500);
    }
}
