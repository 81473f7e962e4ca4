package io.patchbay.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Bytes;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.FrameSink;
import io.patchbay.spi.Framer;
import io.patchbay.spi.Framing;
import io.patchbay.spi.Next;
import io.patchbay.spi.Profile;
import io.patchbay.spi.Reader;
import io.patchbay.spi.Secret;
import io.patchbay.spi.Turn;
import io.patchbay.spi.Voice;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.http.Piece;
import io.patchbay.testkit.upstream.OpenAiScripts;
import io.patchbay.testkit.upstream.ReceivedRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class FlowDriverTest {
    private static final HttpRequest REQUEST =
            HttpRequest.post("https://upstream.invalid/x").build();

    private static FlowRun<String> run(Flow<String> flow, Reply... replies) {
        return FlowDriver.answering(replies).run(flow);
    }

    private static Flow<String> streaming(Reader reader) {
        return turn -> Next.stream(REQUEST, Framing.SSE, reader);
    }

    private static void broken(FlowRun<?> run, String mistake) {
        assertThat(run.fault()).isNotNull().extracting(Fault::kind).isEqualTo(FaultKind.PLUGIN);
        assertThat(run.mistakes()).anySatisfy(one -> assertThat(one).contains(mistake));
    }

    @Test
    void asksInARowAndCollectsWhatWasSaid() {
        FlowRun<String> run = run(
                turn -> Next.ask(REQUEST, one -> {
                    turn.emit(one.body().utf8());
                    turn.note("trace", "t".repeat(300));
                    turn.farewell(REQUEST);
                    return Next.pause(
                            Duration.ofSeconds(2),
                            () -> Next.ask(REQUEST, two -> {
                                turn.emit(
                                        two.json() == null ? "none" : two.json().toJson());
                                return Next.done();
                            }));
                }),
                Reply.json("{\"a\":1}"),
                Reply.json(500, "{\"b\":2}"));

        assertThat(run.ending()).isEqualTo(FlowRun.Ending.DONE);
        assertThat(run.events()).containsExactly("{\"a\":1}", "{\"b\":2}");
        assertThat(run.notes().get("trace")).hasSize(200);
        assertThat(run.pauses()).containsExactly(Duration.ofSeconds(2));
        assertThat(run.farewell()).isNotNull();
        assertThat(run.sent()).hasSize(2);
    }

    @Test
    void requestsAreShownAsSent() {
        TestBlob blob = TestBlob.of("a", "text/plain", "0123456789");
        HttpRequest request = HttpRequest.post("https://upstream.invalid/x?a=b")
                .header("Authorization", Secret.of("key").prefixed("Bearer "))
                .query("q", "a b&c")
                .query("k", Secret.of("s/1"))
                .body(new Body(
                        "text/plain",
                        List.of(
                                new Piece.Inline("<".getBytes(StandardCharsets.UTF_8)),
                                new Piece.Part(blob, 2, 4),
                                new Piece.Base64(blob))))
                .signed((unsigned, sha256, now) -> Map.of("X-Sign", sha256.length() + " " + now))
                .build();
        FlowRun<String> run = run(turn -> Next.ask(request, answer -> Next.done()), Reply.json("{}"));

        SentRequest sent = run.sent().getFirst();
        assertThat(sent.url()).isEqualTo("https://upstream.invalid/x?a=b&q=a%20b%26c&k=s%2F1");
        assertThat(sent.header("AUTHORIZATION")).isEqualTo("Bearer key");
        assertThat(sent.header("content-type")).isEqualTo("text/plain");
        assertThat(sent.header("x-sign")).startsWith("64 2026-");
        assertThat(sent.text()).isEqualTo("<23MDEyMzQ1Njc4OQ==");
        assertThat(sent.mentions("s/1")).isTrue();
        assertThat(sent.mentions("other")).isFalse();
        assertThat(sent.body()).hasSize((int) request.body().length());
    }

    @Test
    void brokenRulesEndTheRunAsThePluginsFault() {
        broken(run(turn -> nothing(), Reply.json("{}")), "begin returned null");
        broken(run(turn -> Next.more(), Reply.json("{}")), "more() was returned where nothing is being read");
        broken(run(turn -> Next.ask(REQUEST, answer -> Next.more()), Reply.json("{}")), "more()");
        broken(
                run(
                        turn -> {
                            throw new IllegalStateException("on purpose");
                        },
                        Reply.json("{}")),
                "on purpose");
        broken(
                run(
                        turn -> {
                            throw new NoClassDefFoundError("Missing");
                        },
                        Reply.json("{}")),
                "Missing");
        broken(
                run(
                        streaming(new Reader() {
                            @Override
                            public Next on(String event, Bytes data) {
                                return Next.more();
                            }

                            @Override
                            public Next end() {
                                return Next.more();
                            }
                        }),
                        Reply.sse("1")),
                "more()");
        broken(
                run(
                        turn -> Next.speak(REQUEST, Framing.SSE, Dialect.OPENAI_CHAT, Voice.of(Profile.STANDARD)),
                        Reply.sse("1")),
                "cannot speak the dialect");
    }

    @SuppressWarnings("NullAway")
    private static Next nothing() {
        return null;
    }

    @Test
    void aTurnUsedOutsideOfACallIsAMistake() {
        AtomicReference<Turn<String>> kept = new AtomicReference<>();
        FlowRun<String> run = run(
                turn -> {
                    kept.set(turn);
                    return Next.done();
                },
                Reply.json("{}"));
        kept.get().emit("late");

        assertThat(run.mistakes()).anySatisfy(one -> assertThat(one).contains("outside of a call"));
    }

    @Test
    void afterTheEndNothingIsCalledAndTheRestIsDiscarded() {
        List<String> seen = new ArrayList<>();
        FlowRun<String> run = run(
                streaming(new Reader() {
                    @Override
                    public Next on(String event, Bytes data) {
                        seen.add(data.utf8());
                        return seen.size() == 2 ? Next.done() : Next.more();
                    }

                    @Override
                    public Next end() {
                        seen.add("end");
                        return Next.done();
                    }
                }),
                Reply.sse("1", "2", "3"));

        assertThat(run.ending()).isEqualTo(FlowRun.Ending.DONE);
        assertThat(seen).containsExactly("1", "2");
    }

    @Test
    void whatWasHandedOutIsSpoiledAfterTheCall() {
        List<Bytes> kept = new ArrayList<>();
        AtomicReference<Answer> keptAnswer = new AtomicReference<>();
        run(
                streaming((event, data) -> {
                    assertThat(data.utf8()).isEqualTo("abc");
                    kept.add(data);
                    return Next.ask(REQUEST, answer -> {
                        keptAnswer.set(answer);
                        return Next.done();
                    });
                }),
                Reply.sse("abc"),
                Reply.json("{}"));

        assertThat(kept.getFirst().utf8()).isEqualTo("\uFFFD\uFFFD\uFFFD");
        assertThat(keptAnswer.get().body().utf8()).isEqualTo("\uFFFD\uFFFD");
    }

    @Test
    void aFramerOfThePluginSeesSpoiledReadsAndItsFailureIsTheVendors() {
        class Keeping implements Framer {
            private @Nullable Bytes kept;

            @Override
            public void feed(Bytes read, FrameSink out) {
                if (kept != null) {
                    out.frame("", kept);
                }
                kept = read;
            }

            @Override
            public void end(FrameSink out) {
                throw new IllegalArgumentException("no frames");
            }
        }
        FlowRun<String> run = FlowDriver.answering(Reply.of(200, "x/y", "ab".getBytes(StandardCharsets.UTF_8)))
                .cut(Cut.every(1))
                .run(turn -> Next.stream(REQUEST, Framing.by(Keeping::new), (event, data) -> {
                    turn.emit(data.utf8());
                    return Next.more();
                }));

        assertThat(run.events()).containsExactly("\uFFFD");
        assertThat(run.fault()).isNotNull().extracting(Fault::kind).isEqualTo(FaultKind.UPSTREAM);
        assertThat(run.mistakes()).isEmpty();
    }

    @Test
    void refusedUnframedAndEndedAnswersReachTheReader() {
        Reader reader = (event, data) -> Next.more();

        assertThat(kind(run(streaming(reader), Reply.json(429, "{}")))).isEqualTo(FaultKind.RATE);
        assertThat(kind(run(streaming(reader), Reply.sse("1")))).isEqualTo(FaultKind.TRUNCATED);
        assertThat(kind(run(streaming(reader), Reply.sse("1").brokenAt(3)))).isEqualTo(FaultKind.RETRY);
        assertThat(run(streaming(reader), Reply.json("{\"error\":{\"message\":\"no\"}}"))
                        .fault())
                .isNotNull();
        assertThat(kind(run(turn -> Next.ask(REQUEST, 4, answer -> Next.done()), Reply.json("[1,2,3]"))))
                .isEqualTo(FaultKind.UPSTREAM);
        assertThat(kind(run(turn -> again(), Reply.json("{}")))).isEqualTo(FaultKind.PLUGIN);
    }

    private static Next again() {
        return Next.ask(REQUEST, answer -> again());
    }

    private static FaultKind kind(FlowRun<?> run) {
        Fault fault = run.fault();
        assertThat(fault).isNotNull();
        return fault.kind();
    }

    @Test
    void bodiesArePassedOnUnlessTheyAreNoProduct() {
        Flow<String> flow = turn -> Next.pass(REQUEST, answer -> Next.fail(answer.fault()));
        FlowRun<String> run = run(flow, Reply.of(206, "audio/mpeg", new byte[] {1, 2}));

        assertThat(run.ending()).isEqualTo(FlowRun.Ending.PASSED);
        assertThat(run.passed()).isNotNull().extracting(Passed::body).isEqualTo(new byte[] {1, 2});
        assertThat(run(flow, Reply.json("{\"error\":{}}")).ending()).isEqualTo(FlowRun.Ending.FAILED);
        assertThat(kind(run(flow, Reply.json(401, "{}")))).isEqualTo(FaultKind.KEY_DEAD);
    }

    @Test
    void aChatWithoutAFinishIsTruncated() {
        FlowRun<ChatEvent> run = FlowDriver.answering(Reply.json("{}")).chat(turn -> {
            turn.emit(new ChatEvent.Text("a"));
            return Next.done();
        });

        assertThat(kind(run)).isEqualTo(FaultKind.TRUNCATED);
        assertThat(FlowDriver.answering(Reply.json("{}"))
                        .run(turn -> Next.done())
                        .ending())
                .isEqualTo(FlowRun.Ending.DONE);
    }

    @Test
    void clockAndRandomnessAreTheDrivers() {
        Flow<String> flow = turn -> {
            Instant begun = turn.now();
            assertThat(turn.now()).isEqualTo(begun);
            turn.emit(Arrays.toString(turn.random(4)));
            return Next.pause(Duration.ofSeconds(10), () -> {
                turn.emit(Duration.between(begun, turn.now()).toString());
                return Next.done();
            });
        };
        FlowDriver driver = FlowDriver.silent().startingAt(Instant.EPOCH).seed(1);

        assertThat(driver.run(flow).events())
                .isEqualTo(driver.run(flow).events())
                .contains("PT10.001S");
        assertThat(driver.seed(2).run(flow).events())
                .isNotEqualTo(driver.run(flow).events());
    }

    private static Flow<ChatEvent> speaking(boolean stream, Voice voice) {
        return turn -> Next.speak(REQUEST, stream ? Framing.SSE : Framing.WHOLE, Dialect.OPENAI_CHAT, voice);
    }

    @Test
    void spokenAnswersAreReadBothWays() {
        Reply reply = Reply.of(OpenAiScripts.text("vendor-model", "Hel", "lo").apply(chatRequest(true)));
        FlowRun<ChatEvent> run = FlowDriver.answering(reply)
                .publicModel("our-model")
                .cut(Cut.every(3))
                .chat(speaking(true, Voice.of(Profile.STANDARD)));

        assertThat(run.mistakes()).isEmpty();
        ChatSummary summary = ChatSummary.of(run.events());
        assertThat(summary.first().text()).isEqualTo("Hello");
        assertThat(summary.first().finish()).isEqualTo("stop");
        assertThat(summary.usage()).isEqualTo(new ChatSummary.Tokens(10, 2, 0, 0, 0));
        assertThat(new String(run.tapped().getFirst(), StandardCharsets.UTF_8))
                .contains("\"model\":\"our-model\"")
                .doesNotContain("vendor-model")
                .endsWith("data: [DONE]\n\n");
        Reply whole = Reply.of(OpenAiScripts.text("m", "a").apply(chatRequest(false)));
        FlowRun<ChatEvent> wholeRun = FlowDriver.answering(whole).chat(speaking(false, Voice.of(Profile.STANDARD)));
        assertThat(wholeRun.mistakes()).isEmpty();
        assertThat(wholeRun.tapped()).hasSize(1);
    }

    @Test
    void aSpokenAnswerOfTheOtherShapeIsDecodedAndNotTapped() {
        Reply whole = Reply.of(OpenAiScripts.text("m", "a").apply(chatRequest(false)));
        Reply stream = Reply.of(OpenAiScripts.text("m", "a").apply(chatRequest(true)));
        FlowRun<ChatEvent> one = FlowDriver.answering(whole).chat(speaking(true, Voice.of(Profile.STANDARD)));
        FlowRun<ChatEvent> two = FlowDriver.answering(stream).chat(speaking(false, Voice.of(Profile.STANDARD)));

        assertThat(List.of(one, two)).allSatisfy(run -> {
            assertThat(run.ending()).isEqualTo(FlowRun.Ending.DONE);
            assertThat(ChatSummary.of(run.events()).first().text()).isEqualTo("a");
            assertThat(run.tapped()).isEmpty();
        });
    }

    @Test
    void anErrorBeforeContentGivesTheVoiceAWord() {
        String error =
                OpenAiScripts.errorJson("server_error", "server_error", "no").toJson();
        Reply good = Reply.of(OpenAiScripts.text("m", "a").apply(chatRequest(true)));
        Voice voice = new Voice() {
            @Override
            public @Nullable Next faulted(Fault fault) {
                return Next.speak(REQUEST, Framing.SSE, Dialect.OPENAI_CHAT, Voice.of(Profile.STANDARD));
            }
        };
        FlowRun<ChatEvent> again = FlowDriver.answering(Reply.sse(error), good).chat(speaking(true, voice));
        FlowRun<ChatEvent> stands =
                FlowDriver.answering(Reply.sse(error)).chat(speaking(true, Voice.of(Profile.STANDARD)));

        assertThat(again.ending()).isEqualTo(FlowRun.Ending.DONE);
        assertThat(again.sent()).hasSize(2);
        assertThat(kind(stands)).isIn(FaultKind.UPSTREAM, FaultKind.RETRY);
    }

    @Test
    void runsCanBeSteppedAndGivenUp() {
        FlowRun<ChatEvent> run = FlowDriver.answering(
                        Reply.of(OpenAiScripts.text("m", "a", "b").apply(chatRequest(true))))
                .cut(Cut.every(10))
                .startChat(speaking(true, Voice.of(Profile.STANDARD)));
        while (run.events().stream().noneMatch(event -> event instanceof ChatEvent.Text)) {
            assertThat(run.step()).isTrue();
        }
        run.abandon();

        assertThat(run.ending()).isEqualTo(FlowRun.Ending.ABANDONED);
        assertThat(run.step()).isFalse();
        assertThat(ChatSummary.of(run.events()).first().text()).isEqualTo("a");
    }

    private static ReceivedRequest chatRequest(boolean stream) {
        String body = "{\"stream\":" + stream + ",\"stream_options\":{\"include_usage\":true}}";
        return new ReceivedRequest("POST", "/", Map.of(), body.getBytes(StandardCharsets.UTF_8), "", 1, Instant.EPOCH);
    }
}
