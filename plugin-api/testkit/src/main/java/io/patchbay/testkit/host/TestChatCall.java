package io.patchbay.testkit.host;

import io.patchbay.dialects.ChatCodecs;
import io.patchbay.dialects.wire.WireBody;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatRequest;
import io.patchbay.spi.chat.Wire;
import io.patchbay.spi.json.JsonBoolean;
import io.patchbay.spi.json.JsonString;
import io.patchbay.spi.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A chat call for tests. Not safe for use by several threads. */
public final class TestChatCall implements ChatCall {
    private final String model;
    private final String publicModel;
    private final boolean stream;
    private final @Nullable Wire wire;
    private @Nullable ChatRequest request;
    private int requestReads;

    private TestChatCall(
            String model, String publicModel, boolean stream, @Nullable Wire wire, @Nullable ChatRequest request) {
        this.model = model;
        this.publicModel = publicModel;
        this.stream = stream;
        this.wire = wire;
        this.request = request;
    }

    /**
     * Returns the call of a client that sent this body in the OpenAI chat form; model and stream flag are read from it.
     *
     * @throws RuntimeException when the host would refuse the body
     */
    public static TestChatCall of(String json) {
        return of(Dialect.OPENAI_CHAT, json.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the call of a client that sent this body in that dialect; see {@link #of(String)}. */
    public static TestChatCall of(Dialect dialect, byte[] body) {
        Wire wire = WireBody.read(dialect, body);
        JsonValue model = wire.get("model");
        String name = model == null || model.string() == null ? "unknown" : model.string();
        boolean stream = wire.get("stream") instanceof JsonBoolean flag && flag.value();
        return new TestChatCall(name, name, stream, wire, null);
    }

    /** Returns a call that streams the answer to one user message. */
    public static TestChatCall asking(String model, String text) {
        return of("{\"model\":" + new JsonString(model).toJson() + ",\"stream\":true,\"messages\":[{\"role\":\"user\","
                + "\"content\":" + new JsonString(text).toJson() + "}]}");
    }

    /** Returns a call the host made itself, without a client's body. */
    public static TestChatCall of(String model, ChatRequest request, boolean stream) {
        return new TestChatCall(model, model, stream, null, request);
    }

    /** Returns this call for an upstream that knows the model by another name. */
    public TestChatCall upstreamModel(String name) {
        return new TestChatCall(name, publicModel, stream, wire, request);
    }

    /** Returns this call as the host makes it for a client of another dialect: canonical form, no body. */
    public TestChatCall withoutWire() {
        return new TestChatCall(model, publicModel, stream, null, request());
    }

    @Override
    public String model() {
        return model;
    }

    @Override
    public String publicModel() {
        return publicModel;
    }

    @Override
    public boolean stream() {
        return stream;
    }

    @Override
    public ChatRequest request() {
        requestReads++;
        ChatRequest known = request;
        if (known == null) {
            Wire body = Objects.requireNonNull(wire, "a call has a body or a request");
            known = ChatCodecs.client(body.dialect())
                    .orElseThrow(() -> new IllegalArgumentException(
                            "no chat codec for the dialect " + body.dialect().id()))
                    .readRequest(body);
            request = known;
        }
        return known;
    }

    @Override
    public String userMark() {
        return "0123456789abcdef0123456789abcdef";
    }

    @Override
    public @Nullable Wire wire() {
        return wire;
    }

    /** Returns how often the flow asked for the canonical form, which costs a parse of the whole body. */
    public int requestReads() {
        return requestReads;
    }
}
