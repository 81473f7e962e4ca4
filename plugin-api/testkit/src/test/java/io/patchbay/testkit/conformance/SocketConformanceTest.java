package io.patchbay.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Bytes;
import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Next;
import io.patchbay.spi.Socket;
import io.patchbay.spi.SocketReader;
import io.patchbay.spi.Turn;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.testkit.host.Reply;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The kit and sockets: a good plugin that dials passes, and every bad one is caught for what it does. */
final class SocketConformanceTest {
    private static List<String> problems(ChannelType type, List<Fixture> fixtures) {
        return Conformance.problems(ToyParts.subject(type, Set.of(Capability.CHAT), fixtures)).stream()
                .map(problem -> problem.check() + " ⇒ " + problem.why())
                .toList();
    }

    private static void caught(ChannelType type, String check, String why) {
        assertThat(problems(type, DiallingToy.fixtures()))
                .anySatisfy(problem -> assertThat(problem).contains(check).contains(why));
    }

    @Test
    void aPluginThatDialsPasses() {
        assertThat(problems(new DiallingToy(), DiallingToy.fixtures())).isEmpty();
    }

    @Test
    void keptMessagesAreCaught() {
        caught(new BadDiallingToys.KeepsMessages(), "fixture text: comes out as recorded", "as recorded");
    }

    @Test
    void swallowedClosingIsCaughtAtEveryMessage() {
        caught(
                new BadDiallingToys.SwallowsClosing(),
                "ending early at every byte is noticed",
                "after message 0: a truncated answer was taken for a complete one");
        caught(
                new BadDiallingToys.SwallowsClosing(),
                "breaking at every byte is noticed",
                "a truncated answer was taken for a complete one");
    }

    @Test
    void exceptionsAreCaught() {
        caught(new BadDiallingToys.ThrowsOnNonsense(), "nonsense in place of an answer", "threw");
        caught(new BadDiallingToys.ThrowsOnNonsense(), "nonsense inside a stream", "threw");
        caught(new BadDiallingToys.ThrowsOnNonsense(), "bytes changed at random", "threw");
    }

    @Test
    void sharedSocketsAndSecretsAreCaught() {
        caught(
                new BadDiallingToys.SharesSockets(),
                "two calls of two channels, step by step in turn",
                "socket.send() was called outside of a call into the flow");
        caught(
                new BadDiallingToys.SharesSecrets(),
                "two calls of two channels, step by step in turn",
                "a socket carries a secret of another channel");
        caught(
                new BadDiallingToys.SaysSecretElsewhere(),
                "secrets go only where they belong",
                "a secret is said to collector.invalid");
    }

    @Test
    void refusalsTakenForAnswersAndQuestionsNeverAskedAreCaught() {
        caught(new BadDiallingToys.TakesRefusals(), "status 401 with any body", "expected a fault");
        caught(new BadDiallingToys.SaysNothing(), "temperature arrives", "neither reaches the upstream");
    }

    /** Reads texts until the vendor closes; the vendor closes at once when it does not like the key. */
    private record UntilClosed(ChannelType toy) {
        SocketReader reader(Turn<ChatEvent> turn) {
            return new SocketReader() {
                private boolean heard;

                @Override
                public Next opened(Socket socket) {
                    return Next.more();
                }

                @Override
                public Next on(Bytes data) {
                    heard = true;
                    turn.emit(new ChatEvent.Text(data.utf8()));
                    return Next.more();
                }

                @Override
                public Next closed(int code, String reason) {
                    if (!heard) {
                        return Next.fail(Fault.of(
                                code == 1000 ? FaultKind.KEY_DEAD : FaultKind.UPSTREAM, "closed without a word"));
                    }
                    if (code != 1000) {
                        return SocketReader.super.closed(code, reason);
                    }
                    turn.emit(new ChatEvent.Finish("stop"));
                    return Next.done();
                }
            };
        }
    }

    @Test
    void aVendorThatEndsByClosingCanBeDeclared() {
        DiallingToy toy = new DiallingToy();
        Fixture fixture = Fixture.chat("closing", "{\"model\":\"toy-1\",\"stream\":true,\"messages\":[]}")
                .replies(Reply.socket("a", "b"))
                .expectText("ab")
                .opening((type, channel) ->
                        turn -> Next.dial(DiallingToy.handshake(channel), new UntilClosed(type).reader((Turn<ChatEvent>)
                                        (Turn<?>) turn)));
        Subject undeclared = ToyParts.subject(toy, Set.of(Capability.CHAT), List.of(fixture));
        Subject declared = ToyParts.subject(toy, Set.of(Capability.CHAT), List.of(fixture.endsByClosing()));

        assertThat(truncation(undeclared)).anySatisfy(why -> assertThat(why).contains("after message 1"));
        assertThat(truncation(declared)).isEmpty();
    }

    private static List<String> truncation(Subject subject) {
        return Conformance.problems(subject).stream()
                .filter(problem -> problem.check().name().endsWith("is noticed"))
                .map(Conformance.Problem::why)
                .toList();
    }
}
