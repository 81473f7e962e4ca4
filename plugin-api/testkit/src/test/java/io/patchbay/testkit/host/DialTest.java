package io.patchbay.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.spi.Bytes;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Next;
import io.patchbay.spi.Secret;
import io.patchbay.spi.Socket;
import io.patchbay.spi.SocketReader;
import io.patchbay.spi.Turn;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.testkit.upstream.Script;
import io.patchbay.testkit.upstream.SocketMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What a driver does when a flow dials. */
final class DialTest {
    private static final HttpRequest HANDSHAKE =
            HttpRequest.get("wss://upstream.invalid/talk").build();

    /** Asks once, and tells everything that happens. */
    private static class Telling implements SocketReader {
        final Turn<String> turn;

        Telling(Turn<String> turn) {
            this.turn = turn;
        }

        @Override
        public Next opened(Socket socket) {
            turn.emit("opened");
            socket.send("question");
            return Next.more();
        }

        @Override
        public Next on(Bytes data) {
            turn.emit(data.utf8());
            return data.is("last") ? Next.done() : Next.more();
        }

        @Override
        public Next closed(int code, String reason) {
            turn.emit("closed " + code + " " + reason);
            return SocketReader.super.closed(code, reason);
        }

        @Override
        public Next refused(Answer answer) {
            turn.emit("refused " + answer.status());
            return SocketReader.super.refused(answer);
        }
    }

    private static FlowRun<String> run(Reply reply) {
        return FlowDriver.answering(reply).run(turn -> Next.dial(HANDSHAKE, new Telling(turn)));
    }

    private static FaultKind kind(FlowRun<?> run) {
        Fault fault = run.fault();
        assertThat(fault).isNotNull();
        return fault.kind();
    }

    @Test
    void aConversationIsPlayedMessageByMessage() {
        FlowRun<String> run = run(Reply.socket("first", "last", "late"));

        assertThat(run.ending()).isEqualTo(FlowRun.Ending.DONE);
        assertThat(run.events()).containsExactly("opened", "first", "last");
        assertThat(run.said()).containsExactly("question");
        assertThat(run.said(0)).containsExactly(SocketMessage.text("question"));
        assertThat(run.sent().getFirst().url()).isEqualTo("wss://upstream.invalid/talk");
        assertThat(run.mistakes()).isEmpty();
    }

    @Test
    void endsAndRefusalsReachTheReader() {
        assertThat(run(Reply.socket("a")).events()).containsExactly("opened", "a", "closed 1000 ");
        assertThat(run(Reply.socket("a", "b").closedAfter(1)).events()).containsExactly("opened", "a", "closed 1000 ");
        assertThat(run(Reply.socket("a", "b").brokenAfter(1)).events()).containsExactly("opened", "a", "closed 1006 ");
        assertThat(run(Reply.socket().closing(1008, "no")).events()).containsExactly("opened", "closed 1008 no");
        assertThat(kind(run(Reply.socket()))).isEqualTo(FaultKind.TRUNCATED);
        FlowRun<String> refused = run(Reply.json(401, "{}"));
        assertThat(refused.events()).containsExactly("refused 401");
        assertThat(kind(refused)).isEqualTo(FaultKind.KEY_DEAD);
        FlowRun<String> unreachable = run(Reply.json("{}").brokenAt(0));
        assertThat(unreachable.events()).isEmpty();
        assertThat(unreachable.fault()).isNotNull().extracting(Fault::sub).isEqualTo("network");
    }

    @Test
    void scriptsForSocketsArePlayedUnlessTheyDecideByWhatIsSaid() {
        Script script = Script.socket().hear().say("one").ping().say("last", 3);

        assertThat(run(Reply.of(script)).events()).containsExactly("opened", "one", "last");
        assertThatThrownBy(() -> Reply.of(Script.socket(question -> List.of("last"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void handshakesAreSignedByQueryOrHeader() {
        HttpRequest.Builder request =
                HttpRequest.get("ws://upstream.invalid/talk?a=b").query("key", Secret.of("x/y"));
        FlowRun<String> byQuery = FlowDriver.answering(Reply.socket("last"))
                .run(turn -> Next.dial(
                        request.querySigned((asked, sha256, now) -> Map.of("sign", sha256.length() + " a"))
                                .build(),
                        new Telling(turn)));
        FlowRun<String> byHeader = FlowDriver.answering(Reply.socket("last"))
                .run(turn -> Next.dial(
                        request.signed((asked, sha256, now) -> Map.of("X-Sign", "abc"))
                                .build(),
                        new Telling(turn)));

        assertThat(byQuery.sent().getFirst().url()).isEqualTo("ws://upstream.invalid/talk?a=b&key=x%2Fy&sign=64%20a");
        assertThat(byQuery.sent().getFirst().headers()).isEmpty();
        assertThat(byHeader.sent().getFirst().url()).isEqualTo("ws://upstream.invalid/talk?a=b&key=x%2Fy");
        assertThat(byHeader.sent().getFirst().header("x-sign")).isEqualTo("abc");
    }

    @Test
    void messagesAreSpoiledAfterTheCallAndBinaryOnesArriveAsTheyAre() {
        List<Bytes> kept = new ArrayList<>();
        Reply reply = Reply.socket("abc").saying(SocketMessage.binary(new byte[] {1, (byte) 0xFF}));
        List<byte[]> copies = new ArrayList<>();
        Flow<String> keeping = turn -> Next.dial(HANDSHAKE, new Telling(turn) {
            @Override
            public Next on(Bytes data) {
                kept.add(data);
                copies.add(data.copy());
                return Next.more();
            }
        });
        FlowDriver.answering(reply).run(keeping);

        assertThat(kept.getFirst().utf8()).isEqualTo("\uFFFD\uFFFD\uFFFD");
        assertThat(copies.getLast()).containsExactly(1, 0xFF);
    }

    private static void broken(Flow<String> flow, String mistake) {
        FlowRun<String> run = FlowDriver.answering(Reply.socket("a", "b")).run(flow);
        assertThat(kind(run)).isEqualTo(FaultKind.PLUGIN);
        assertThat(run.mistakes()).anySatisfy(one -> assertThat(one).contains(mistake));
    }

    @Test
    void brokenRulesEndTheRunAsThePluginsFault() {
        HttpRequest post = HttpRequest.post("wss://upstream.invalid/talk").build();
        HttpRequest plain = HttpRequest.get("https://upstream.invalid/talk").build();
        HttpRequest withBody = HttpRequest.get("wss://upstream.invalid/")
                .body(Body.text("a/b", "c"))
                .build();
        for (HttpRequest wrong : List.of(post, plain, withBody)) {
            broken(turn -> Next.dial(wrong, new Telling(turn)), "dial takes a GET of a ws or wss address");
        }
        broken(turn -> Next.ask(HANDSHAKE, answer -> Next.done()), "can only be dialled");
        broken(
                turn -> Next.dial(HANDSHAKE, new Telling(turn) {
                    @Override
                    public Next closed(int code, String reason) {
                        return Next.more();
                    }
                }),
                "more() was returned where nothing is being read");
        broken(
                turn -> Next.dial(HANDSHAKE, new Telling(turn) {
                    @Override
                    public Next opened(Socket socket) {
                        return Next.pause(Duration.ZERO, () -> {
                            socket.send("late");
                            return Next.done();
                        });
                    }
                }),
                "after the exchange had ended");
    }

    @Test
    void aSocketUsedOutsideOfACallIsAMistake() {
        AtomicReference<Socket> kept = new AtomicReference<>();
        Flow<String> keeping = turn -> Next.dial(HANDSHAKE, new Telling(turn) {
            @Override
            public Next opened(Socket socket) {
                kept.set(socket);
                return super.opened(socket);
            }
        });
        FlowRun<String> run = FlowDriver.answering(Reply.socket("last")).run(keeping);
        kept.get().send("late");

        assertThat(run.mistakes()).anySatisfy(one -> assertThat(one).contains("outside of a call"));
        assertThat(run.said()).containsExactly("question");
    }

    @Test
    void theSendQueueAndTheMessagesAreBounded() {
        Flow<String> chatty = turn -> Next.dial(HANDSHAKE, new Telling(turn) {
            @Override
            public Next opened(Socket socket) {
                for (int i = 0; i < 65; i++) {
                    socket.send("again");
                }
                return Next.more();
            }
        });
        assertThat(kind(FlowDriver.answering(Reply.socket("last")).run(chatty))).isEqualTo(FaultKind.UPSTREAM);
        assertThat(kind(run(Reply.socket(List.of(SocketMessage.binary(new byte[16 * 1024 * 1024 + 1]))))))
                .isEqualTo(FaultKind.UPSTREAM);
    }

    @Test
    void socketsAndHttpAnswersAreNotMistakenForEachOther() {
        assertThatThrownBy(() -> Reply.socket("a").body(new byte[0])).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Reply.json("{}").saying("a")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> FlowDriver.answering(Reply.socket("a"))
                        .run(turn -> Next.ask(
                                HttpRequest.get("https://upstream.invalid/").build(), answer -> Next.done())))
                .isInstanceOf(AssertionError.class);
    }
}
