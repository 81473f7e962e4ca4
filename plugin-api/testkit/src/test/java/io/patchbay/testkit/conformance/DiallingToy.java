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
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.testkit.host.Reply;
import java.util.List;
import java.util.Map;

/** A good plugin: an upstream that is asked on a WebSocket, one JSON value a message. */
final class DiallingToy implements ChannelType {
    static final ChannelDescriptor DESCRIPTOR = ToyParts.descriptor("dialling-toy")
            .defaultEndpoint("wss://toy.invalid/api")
            .build();

    @Override
    public ChannelDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Offer offer(String model, ChannelView channel) {
        return ToyParts.OFFER;
    }

    @Override
    public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
        return turn -> Next.dial(handshake(channel), new Talk(turn, call));
    }

    static HttpRequest handshake(ChannelView channel) {
        return HttpRequest.get(channel.endpoint() + "/socket")
                .querySigned((request, sha256, now) -> Map.of(
                        "at",
                        Long.toString(now.toEpochMilli()),
                        "sign",
                        Integer.toHexString(channel.secret("key").reveal().hashCode())))
                .build();
    }

    static List<Fixture> fixtures() {
        Reply reply = Reply.socket("{\"text\":\"Hel\"}", "{\"text\":\"lo 你好\"}", "{\"end\":2,\"in\":5}");
        return List.of(Fixture.chat(
                        "text",
                        "{\"model\":\"toy-1\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}")
                .replies(reply)
                .expectText("Hello 你好")
                .expectFinish("stop")
                .expectUsage(5, 2)
                .expect(run -> Expect.that(run.said().toString().contains("user: Hi"), "nothing was asked")));
    }

    /** Asks and reads. */
    static class Talk implements SocketReader {
        final Turn<ChatEvent> turn;
        private final ReadingToy.Lines lines;
        private final ChatCall call;

        Talk(Turn<ChatEvent> turn, ChatCall call) {
            this.turn = turn;
            this.lines = new ReadingToy.Lines(turn);
            this.call = call;
        }

        @Override
        public Next opened(Socket socket) {
            socket.send(ToyParts.question(call).toJson());
            return Next.more();
        }

        @Override
        public Next on(Bytes data) {
            return lines.on("", data);
        }
    }
}
