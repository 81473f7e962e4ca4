package io.patchbay.toolkit.data;

import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.Offer;
import io.patchbay.spi.Text;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.config.ConfigField;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonException;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.DialectChat;
import io.patchbay.toolkit.VendorFaults;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What of a channel type is data, written in a JSON resource of the plugin: what the console shows, what is offered for
 * which model, and what the vendor's errors mean. A text for people is an object with {@code en} and {@code zh}, or one
 * text for both.
 *
 * <pre>{@code
 * {
 *   "id": "acme",
 *   "name": "Acme",
 *   "description": {"en": "Acme's own API.", "zh": "Acme 官方接口。"},
 *   "endpoint": "https://api.acme.example",
 *   "hosts": ["tokens.acme.example"],
 *   "secret": [{"name": "key", "label": {"en": "API key", "zh": "API 密钥"}, "required": true}],
 *   "options": [
 *     {"name": "region", "kind": "choice", "label": …, "hint": …, "choices": ["eu", "us"], "fallback": "eu"}
 *   ],
 *   "models": ["acme-large"],
 *   "unmapped": ["logit_bias"],
 *   "logo": "logo.svg",
 *   "offers": [
 *     {"models": "acme-embed-.*", "capabilities": ["embeddings"]},
 *     {"capabilities": ["chat", "tools"], "some": [{"models": ".*-eye", "imageInput": "inline"}]}
 *   ],
 *   "chat": {"drop": ["logit_bias"], "clamp": {"top_p": [0.01, 0.99]}},
 *   "rules": [{"models": "acme-large.*", "chat": {"reasoning": {"switch": "enable_thinking"}}}],
 *   "errors": [{"kind": "QUOTA", "codes": ["no_money", "limit_*"]}, {"kind": "TOO_LONG", "words": "context"}],
 *   "noise": "request id: [0-9a-f]+"
 * }
 * }</pre>
 *
 * The logo is the name of an SVG file beside it. A part of the secret is of the kind {@code secret} and an option of
 * the kind {@code text} unless it says another. Fields of the request stand under {@code unmapped} also where only
 * some models, or some surfaces of the vendor, do not take them. Offers are chosen by the first name that fits;
 * pictures are taken {@code inline} or also by {@code url}. How a chat in OpenAI's dialect departs from it stands under
 * {@code chat}, in the words of {@code docs/profiles.md}, and the first of the {@code rules} whose name fits changes
 * that. Of the errors' rules the first that fits counts; {@code noise} is left out of the vendor's words. Immutable.
 */
public final class ChannelTypeFile {
    private static final String NAME = "channel-type.json";
    private static final String ID = "[a-z0-9][a-z0-9-]{0,47}";
    private static final String ADDRESS = "|(https?|wss?)://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._/-]*)?";
    private static final String HOST = "(\\*\\.)?[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*";
    private static final List<String> KINDS = Stream.of(ConfigField.Kind.values())
            .map(kind -> kind.name().toLowerCase(Locale.ROOT))
            .toList();

    private final ChannelDescriptor descriptor;
    private final Offers offers;
    private final Chats chats;
    private final VendorFaults faults;

    private ChannelTypeFile(ChannelDescriptor descriptor, Offers offers, Chats chats, VendorFaults faults) {
        this.descriptor = descriptor;
        this.offers = offers;
        this.chats = chats;
        this.faults = faults;
    }

    /**
     * Reads the resource {@code channel-type.json}.
     *
     * @param owner the channel type, in whose package the resource lies
     * @param shared options behind those of the resource, which several plugins have in common
     * @throws IllegalStateException when the resource is missing or wrong, with the place of the mistake
     */
    public static ChannelTypeFile of(Class<?> owner, ConfigField... shared) {
        return named(owner, NAME, shared);
    }

    /** Reads a resource of another name, for plugins with several channel types; see {@link #of}. */
    public static ChannelTypeFile named(Class<?> owner, String name, ConfigField... shared) {
        try {
            return read(
                    Json.parse(Resources.read(owner, name)),
                    logo -> new String(Resources.read(owner, logo), StandardCharsets.UTF_8),
                    shared);
        } catch (IllegalArgumentException | JsonException e) {
            throw new IllegalStateException("the resource " + name + " is wrong: " + e.getMessage(), e);
        }
    }

    /** Returns what the console shows. */
    public ChannelDescriptor descriptor() {
        return descriptor;
    }

    /** Returns what is offered for a model; chat where the file says nothing of it. */
    public Offer offer(String model) {
        return offers.of(model);
    }

    /**
     * Returns a chat in OpenAI's dialect with the departures that the file names for the model.
     *
     * @param request begins the request, as for {@link DialectChat#of}
     */
    public DialectChat chat(ChatCall call, Supplier<HttpRequest.Builder> request) {
        return DialectChat.of(call, Dialect.OPENAI_CHAT, request).with(chats.of(call.model()));
    }

    /** Returns what the vendor's errors mean. */
    public VendorFaults faults() {
        return faults;
    }

    /**
     * Reads the file's content.
     *
     * @throws IllegalArgumentException with the place of the mistake, what was expected and what was found
     */
    static ChannelTypeFile read(JsonValue content, UnaryOperator<String> logos, ConfigField... shared) {
        Node root = Node.of(content);
        ChannelDescriptor.Builder descriptor =
                read(root).logo(logos.apply(root.get("logo").text()).strip());
        for (ConfigField option : shared) {
            descriptor.option(option);
        }
        ChannelTypeFile file = new ChannelTypeFile(
                descriptor.build(),
                Offers.read(root.get("offers")),
                Chats.read(root.get("chat"), root.get("rules")),
                ErrorTable.read(root.get("errors"), root.get("noise")));
        root.closed();
        return file;
    }

    private static ChannelDescriptor.Builder read(Node root) {
        root.get("id").text();
        String id = root.get("id").text("", ID, "1 to 48 lower-case letters, digits and dashes");
        ChannelDescriptor.Builder descriptor = ChannelDescriptor.builder(id, wording(root.get("name")))
                .description(wording(root.get("description")))
                .defaultEndpoint(root.get("endpoint").text("", ADDRESS, "an http, https, ws or wss address"))
                .templateModels(array(root.get("models").texts()))
                .unmapped(array(root.get("unmapped").texts()));
        for (String host : root.get("hosts").each(ChannelTypeFile::host)) {
            descriptor.host(host);
        }
        for (ConfigField part : root.get("secret").each(part -> field(part, ConfigField.Kind.SECRET))) {
            descriptor.secretPart(part);
        }
        for (ConfigField option : root.get("options").each(option -> field(option, ConfigField.Kind.TEXT))) {
            descriptor.option(option);
        }
        return descriptor;
    }

    private static String host(Node node) {
        return node.text("", HOST, "a host such as api.acme.example or *.acme.example");
    }

    private static ConfigField field(Node node, ConfigField.Kind usual) {
        Node kind = node.get("kind");
        ConfigField.Builder field = ConfigField.builder(
                        node.get("name").text(),
                        kind.isMissing()
                                ? usual
                                : ConfigField.Kind.valueOf(kind.word(KINDS).toUpperCase(Locale.ROOT)),
                        wording(node.get("label")))
                .hint(node.get("hint").wording(Text.of("")))
                .choices(array(node.get("choices").texts()))
                .fallback(node.get("fallback").text(""));
        if (node.get("required").flag(false)) {
            field.required();
        }
        node.closed();
        return field.build();
    }

    private static Text wording(Node node) {
        if (node.isMissing()) {
            throw node.wrong("a text, or an object with the texts en and zh");
        }
        return node.wording(Text.of(""));
    }

    private static String[] array(List<String> texts) {
        return texts.toArray(new String[0]);
    }
}
