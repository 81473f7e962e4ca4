package io.patchbay.plugin.bedrock;

import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Framing;
import io.patchbay.spi.Next;
import io.patchbay.spi.Turn;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.toolkit.AwsFramer;
import io.patchbay.toolkit.Flows;

/** One chat by Converse, streamed in AWS's own framing or whole. */
final class ConverseChat implements Flow<ChatEvent> {
    private final ChatCall call;
    private final ChannelView channel;

    ConverseChat(ChatCall call, ChannelView channel) {
        this.call = call;
        this.channel = channel;
    }

    @Override
    public Next begin(Turn<ChatEvent> turn) {
        JsonObject body;
        try {
            body = ConverseRequest.write(call, turn);
        } catch (Unfit e) {
            return Next.fail(Fault.of(FaultKind.BAD_REQUEST, e.words()));
        }
        HttpRequest.Builder post =
                Runtime.converse(channel, call.model(), call.stream()).body(Body.json(body));
        ConverseReader reader = new ConverseReader(turn);
        return Flows.send(
                post,
                built -> call.stream()
                        ? Next.stream(built, Framing.by(AwsFramer::new), reader)
                        : Next.ask(built, reader::unframed));
    }

    /** A request that cannot be written. */
    static final class Unfit extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unfit(String words) {
            super(words, null, false, false);
        }

        String words() {
            return String.valueOf(getMessage());
        }
    }
}
