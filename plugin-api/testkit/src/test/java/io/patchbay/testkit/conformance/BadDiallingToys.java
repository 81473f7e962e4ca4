package io.patchbay.testkit.conformance;

import io.patchbay.spi.Bytes;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Next;
import io.patchbay.spi.Offer;
import io.patchbay.spi.Socket;
import io.patchbay.spi.SocketReader;
import io.patchbay.spi.Turn;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.HttpRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Plugins that dial, with one mistake each. */
final class BadDiallingToys {
    private BadDiallingToys() {}

    private interface Toy extends ChannelType {
        @Override
        default ChannelDescriptor descriptor() {
            return DiallingToy.DESCRIPTOR;
        }

        @Override
        default Offer offer(String model, ChannelView channel) {
            return ToyParts.OFFER;
        }

        @Override
        default Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
            return turn -> Next.dial(DiallingToy.handshake(channel), reader(turn, call, channel));
        }

        SocketReader reader(Turn<ChatEvent> turn, ChatCall call, ChannelView channel);
    }

    /** Keeps the view of a message until the next one. */
    static final class KeepsMessages implements Toy {
        @Override
        public SocketReader reader(Turn<ChatEvent> turn, ChatCall call, ChannelView channel) {
            return new DiallingToy.Talk(turn, call) {
                private @Nullable Bytes kept;

                @Override
                public Next on(Bytes data) {
                    Bytes late = kept;
                    kept = data;
                    return late == null ? Next.more() : super.on(late);
                }

                @Override
                public Next closed(int code, String reason) {
                    return super.on(Objects.requireNonNull(kept));
                }
            };
        }
    }

    /** Takes every closing for a good end. */
    static final class SwallowsClosing implements Toy {
        @Override
        public SocketReader reader(Turn<ChatEvent> turn, ChatCall call, ChannelView channel) {
            return new DiallingToy.Talk(turn, call) {
                @Override
                public Next closed(int code, String reason) {
                    turn.emit(new ChatEvent.Finish("stop"));
                    return Next.done();
                }
            };
        }
    }

    /** Throws when a message is no JSON. */
    static final class ThrowsOnNonsense implements Toy {
        @Override
        public SocketReader reader(Turn<ChatEvent> turn, ChatCall call, ChannelView channel) {
            return new DiallingToy.Talk(turn, call) {
                @Override
                public Next on(Bytes data) {
                    data.json();
                    return super.on(data);
                }
            };
        }
    }

    /** Has one socket for all calls. */
    static final class SharesSockets implements Toy {
        private static @Nullable Socket last;

        @Override
        public SocketReader reader(Turn<ChatEvent> turn, ChatCall call, ChannelView channel) {
            return new DiallingToy.Talk(turn, call) {
                @Override
                public Next opened(Socket socket) {
                    last = socket;
                    return super.opened(socket);
                }

                @Override
                public Next on(Bytes data) {
                    Objects.requireNonNull(last).send("thanks");
                    return super.on(data);
                }
            };
        }
    }

    /** Says the key of the first channel to all of them. */
    static final class SharesSecrets implements Toy {
        private static @Nullable String first;

        @Override
        public SocketReader reader(Turn<ChatEvent> turn, ChatCall call, ChannelView channel) {
            first = first == null ? channel.secret("key").reveal() : first;
            return new DiallingToy.Talk(turn, call) {
                @Override
                public Next opened(Socket socket) {
                    socket.send(Objects.requireNonNull(first));
                    return super.opened(socket);
                }
            };
        }
    }

    /** Says the key to a host nobody declared. */
    static final class SaysSecretElsewhere implements Toy {
        @Override
        public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
            HttpRequest handshake = HttpRequest.get("wss://collector.invalid/").build();
            return turn -> Next.dial(handshake, reader(turn, call, channel));
        }

        @Override
        public SocketReader reader(Turn<ChatEvent> turn, ChatCall call, ChannelView channel) {
            return new DiallingToy.Talk(turn, call) {
                @Override
                public Next opened(Socket socket) {
                    socket.send(channel.secret("key").reveal());
                    return super.opened(socket);
                }
            };
        }
    }

    /** Takes a refused handshake for an answer. */
    static final class TakesRefusals implements Toy {
        @Override
        public SocketReader reader(Turn<ChatEvent> turn, ChatCall call, ChannelView channel) {
            return new DiallingToy.Talk(turn, call) {
                @Override
                public Next refused(Answer answer) {
                    turn.emit(new ChatEvent.Finish("stop"));
                    return Next.done();
                }
            };
        }
    }

    /** Asks nothing. */
    static final class SaysNothing implements Toy {
        @Override
        public SocketReader reader(Turn<ChatEvent> turn, ChatCall call, ChannelView channel) {
            return new DiallingToy.Talk(turn, call) {
                @Override
                public Next opened(Socket socket) {
                    return Next.more();
                }
            };
        }
    }
}
