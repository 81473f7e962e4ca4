package io.patchbay.relay.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Bytes;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Framing;
import io.patchbay.spi.Next;
import io.patchbay.spi.Voice;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.testkit.upstream.Script;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the host's codec reads is read on the thread that looks after all connections; a plugin must not be asked there. */
final class SpokenBodyTest {
    private static final String WRONG = "{\"error\":true}";
    private static final String RIGHT = "{\"answer\":true}";

    /** How an answer comes. */
    private enum Coming {
        WHOLE {
            @Override
            Script script(String body) {
                return Script.answer().json(body);
            }
        },
        STREAMED {
            @Override
            Script script(String body) {
                return Script.answer()
                        .header("Content-Type", "text/event-stream")
                        .chunk("data: " + body + "\n\n");
            }
        };

        abstract Script script(String body);
    }

    /** Finds a fault in what says that it has one, else tells what came. */
    private static final class Codec extends SocketBench.Host {
        @Override
        public Speaking speak(Next.Speak action, boolean framed) {
            return new Speaking() {
                private @Nullable Fault fault;

                @Override
                public void frame(String event, Bytes payload) {
                    String text = payload.utf8();
                    if (text.equals(WRONG)) {
                        fault = Fault.of(FaultKind.RETRY, "told in the answer");
                    } else {
                        events.add(text);
                    }
                }

                @Override
                public void end() {}

                @Override
                public @Nullable Fault fault() {
                    return fault;
                }

                @Override
                public boolean ended() {
                    return false;
                }
            };
        }
    }

    private static Next speak(SocketBench bench, String path, Voice voice) {
        HttpRequest request = HttpRequest.get(bench.upstream.endpoint() + path).build();
        return Next.speak(request, Framing.SSE, Dialect.OPENAI_CHAT, voice);
    }

    @ParameterizedTest
    @EnumSource
    void aPluginThatTakesItsTimeOverAFaultHoldsUpNobodyElse(Coming coming) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Voice slow = new Voice() {
            @Override
            public @Nullable Next faulted(Fault fault) {
                asked.countDown();
                try {
                    assertThat(go.await(20, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return null;
            }
        };
        try (SocketBench bench = new SocketBench()) {
            bench.upstream.on("GET", "/wrong", coming.script(WRONG));
            bench.upstream.on("GET", "/right", coming.script(RIGHT));
            Codec held = new Codec();
            bench.begin(turn -> speak(bench, "/wrong", slow), held);
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

            for (int call = 0; call < 4; call++) {
                Codec other = new Codec();
                bench.begin(turn -> speak(bench, "/right", new Voice() {}), other);
                assertThat(other.end()).isEqualTo("finished");
                assertThat(other.events).containsExactly(RIGHT);
            }
            assertThat(held.ended()).isFalse();
            go.countDown();
            assertThat(held.end()).contains("told in the answer");
        }
    }

    /** Its stream may end while it is being asked; it is asked once all the same. */
    @ParameterizedTest
    @EnumSource
    void aPluginIsAskedOnceAndItsOtherWayIsTaken(Coming coming) throws Exception {
        try (SocketBench bench = new SocketBench()) {
            bench.upstream.on("GET", "/wrong", coming.script(WRONG));
            bench.upstream.on("GET", "/right", coming.script(RIGHT));
            Codec host = new Codec();
            StringBuffer asked = new StringBuffer();
            bench.begin(
                    turn -> speak(bench, "/wrong", new Voice() {
                        @Override
                        public Next faulted(Fault fault) {
                            asked.append(fault.kind()).append(' ');
                            return speak(bench, "/right", new Voice() {});
                        }
                    }),
                    host);

            assertThat(host.end()).isEqualTo("finished");
            assertThat(host.events).containsExactly(RIGHT);
            assertThat(asked).hasToString("RETRY ");
        }
    }
}
