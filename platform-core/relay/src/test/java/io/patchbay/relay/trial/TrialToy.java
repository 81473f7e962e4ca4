package io.patchbay.relay.trial;

import io.patchbay.spi.Balance;
import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Framing;
import io.patchbay.spi.Minted;
import io.patchbay.spi.ModelInfo;
import io.patchbay.spi.Next;
import io.patchbay.spi.Offer;
import io.patchbay.spi.Profile;
import io.patchbay.spi.Text;
import io.patchbay.spi.Voice;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.config.ConfigField;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.task.TaskNews;
import io.patchbay.spi.task.TaskOrder;
import io.patchbay.spi.task.TaskRef;
import io.patchbay.spi.task.TaskWork;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A vendor of OpenAI's dialect in few lines. Models whose names begin with {@code draw} make pictures only, those that
 * begin with {@code work} become tasks. What a test wants otherwise it overrides.
 */
class TrialToy implements ChannelType {
    @Override
    public ChannelDescriptor descriptor() {
        return ChannelDescriptor.builder("toy", Text.of("Toy"))
                .defaultEndpoint("http://127.0.0.1:9")
                .secretPart(ConfigField.builder("key", ConfigField.Kind.SECRET, Text.of("Key"))
                        .required()
                        .build())
                .templateModels("template-1")
                .build();
    }

    @Override
    public Offer offer(String model, ChannelView channel) {
        return model.startsWith("draw")
                ? Offer.builder().capability(Capability.IMAGES).build()
                : Offer.builder()
                        .dialect(Dialect.OPENAI_CHAT)
                        .capability(Capability.CHAT)
                        .build();
    }

    @Override
    public @Nullable Flow<Minted> mint(ChannelView channel) {
        return null;
    }

    @Override
    public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
        return turn -> {
            turn.dropped(call.request().settings().has("seed") ? List.of("seed") : List.of());
            turn.note("mark", call.userMark());
            return Next.speak(
                    HttpRequest.post(channel.endpoint() + "/chat/completions")
                            .header("authorization", channel.secret("key").prefixed("Bearer "))
                            .query("key", channel.secret("key"))
                            .body(Objects.requireNonNull(call.wire())
                                    .edited(Map.of("model", JsonValue.of(call.model())), Map.of(), Set.of()))
                            .build(),
                    call.stream() ? Framing.SSE : Framing.WHOLE,
                    Dialect.OPENAI_CHAT,
                    Voice.of(Profile.STANDARD));
        };
    }

    @Override
    public TaskWork tasks() {
        return new TaskWork() {
            @Override
            public @Nullable TaskOrder fromChat(ChatCall call, ChannelView channel) {
                return call.model().startsWith("work")
                        ? TaskOrder.builder("IMAGINE", call.model(), call.publicModel())
                                .build()
                        : null;
            }

            @Override
            public Flow<TaskNews> submit(TaskOrder order, ChannelView channel) {
                throw new AssertionError("a trial handed in a task");
            }

            @Override
            public Flow<TaskNews> check(TaskRef task, ChannelView channel) {
                throw new AssertionError("a trial asked for a task");
            }
        };
    }

    @Override
    public Flow<ModelInfo> models(ChannelView channel) {
        HttpRequest request = HttpRequest.get(channel.endpoint() + "/models")
                .header("authorization", channel.secret("key").prefixed("Bearer "))
                .build();
        return turn -> Next.ask(request, answer -> {
            JsonValue body = answer.ok() ? answer.json() : null;
            if (body == null) {
                return Next.fail(answer.fault());
            }
            body.elements("data")
                    .forEach(model -> turn.emit(new ModelInfo(model.string("id", ""), "", JsonObject.EMPTY)));
            return Next.done();
        });
    }

    @Override
    public Flow<Balance> balance(ChannelView channel) {
        return Flow.unsupported("a balance");
    }
}
