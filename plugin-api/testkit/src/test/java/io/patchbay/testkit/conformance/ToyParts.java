package io.patchbay.testkit.conformance;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Offer;
import io.patchbay.spi.Text;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatMessage;
import io.patchbay.spi.config.ConfigField;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the toy plugins share: a vendor that answers one JSON value a line, {@code {"text":"Hel"}} and {@code {"end":2}}. */
final class ToyParts {
    static final Offer OFFER = Offer.builder().capability(Capability.CHAT).build();
    static final ChannelDescriptor DESCRIPTOR = descriptor("toy").build();

    private ToyParts() {}

    static ChannelDescriptor.Builder descriptor(String id) {
        return ChannelDescriptor.builder(id, Text.of("Toy", "玩具"))
                .description(Text.of("A toy.", "一个玩具。"))
                .defaultEndpoint("https://toy.invalid/api")
                .secretPart(ConfigField.secret("key", Text.of("Key", "密钥")))
                .templateModels("toy-1", "toy-2")
                .logo("<svg xmlns=\"http://www.w3.org/2000/svg\"><circle r=\"4\"/></svg>");
    }

    static HttpRequest.Builder request(ChannelView channel) {
        return HttpRequest.post(channel.endpoint() + "/chat")
                .header("authorization", channel.secret("key").prefixed("Bearer "));
    }

    static Body body(ChatCall call) {
        return Body.json(question(call));
    }

    /** Returns the question in the toy vendor's language, which has a place for everything. */
    static JsonObject question(ChatCall call) {
        List<JsonValue> lines = new ArrayList<>();
        for (ChatMessage message : call.request().messages()) {
            lines.add(JsonValue.of(message.role() + ": " + message.text()));
            message.parts().forEach(part -> lines.add(part.raw()));
        }
        List<JsonValue> tools = new ArrayList<>();
        call.request().tools().forEach(tool -> tools.add(tool.raw()));
        return JsonObject.builder()
                .put("model", call.model())
                .put("lines", new JsonArray(lines))
                .put("tools", new JsonArray(tools))
                .put("settings", call.request().settings())
                .build();
    }

    static List<Fixture> fixtures() {
        String lines = "{\"text\":\"Hel\"}\n{\"text\":\"lo 你好\"}\n{\"end\":2,\"in\":5}\n";
        return List.of(Fixture.chat(
                        "text",
                        "{\"model\":\"toy-1\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}")
                .replies(Reply.of(200, "application/x-ndjson", lines.getBytes(StandardCharsets.UTF_8)))
                .expectText("Hello 你好")
                .expectFinish("stop")
                .expectUsage(5, 2));
    }

    static Subject subject(ChannelType type) {
        return subject(type, Set.of(Capability.CHAT), fixtures());
    }

    static Subject subject(ChannelType type, Set<Capability> claimed, List<Fixture> fixtures) {
        String name = type.getClass().getName();
        String scheme = type.descriptor().defaultEndpoint().startsWith("wss:") ? "wss" : "https";
        return new Subject(
                type,
                TestChannel.builder(type.descriptor(), "one").build(),
                TestChannel.builder(type.descriptor(), "two")
                        .endpoint(scheme + "://other.invalid/api")
                        .build(),
                "toy-1",
                claimed,
                fixtures,
                binaryName -> binaryName.equals(name) || binaryName.startsWith(name + "$"));
    }
}
