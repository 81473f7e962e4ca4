package io.patchbay.testkit.conformance;

import io.patchbay.spi.Bytes;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Framing;
import io.patchbay.spi.Next;
import io.patchbay.spi.Offer;
import io.patchbay.spi.Reader;
import io.patchbay.spi.Turn;
import io.patchbay.spi.Usage;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.JsonException;
import io.patchbay.spi.json.JsonValue;

/** A good plugin: an upstream with a language of its own. */
final class ReadingToy implements ChannelType {
    @Override
    public ChannelDescriptor descriptor() {
        return ToyParts.DESCRIPTOR;
    }

    @Override
    public Offer offer(String model, ChannelView channel) {
        return ToyParts.OFFER;
    }

    @Override
    public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
        return turn -> {
            turn.farewell(ToyParts.request(channel).build());
            return Next.stream(
                    ToyParts.request(channel).body(ToyParts.body(call)).build(), Framing.NDJSON, new Lines(turn));
        };
    }

    static final class Lines implements Reader {
        private final Turn<ChatEvent> turn;

        Lines(Turn<ChatEvent> turn) {
            this.turn = turn;
        }

        @Override
        public Next on(String event, Bytes data) {
            JsonValue line;
            try {
                line = data.json();
            } catch (JsonException e) {
                return Next.fail(Fault.of(FaultKind.UPSTREAM, "a line is no JSON"));
            }
            if (line.get("error") != null) {
                return Next.fail(Fault.of(FaultKind.UPSTREAM, "the vendor failed"));
            }
            String text = line.string("text");
            if (text != null) {
                turn.emit(new ChatEvent.Text(text));
                return Next.more();
            }
            if (line.get("end") != null) {
                turn.emit(new ChatEvent.Finish("stop"));
                turn.emit(new ChatEvent.Used(Usage.of(line.longValue("in", 0), line.longValue("end", 0))));
                return Next.done();
            }
            return Next.fail(Fault.of(FaultKind.UPSTREAM, "a line says nothing"));
        }
    }
}
