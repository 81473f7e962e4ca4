package io.patchbay.plugin.compatible;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.FaultRule;
import io.patchbay.spi.MessageRule;
import io.patchbay.spi.Offer;
import io.patchbay.spi.Offer.ImageInput;
import io.patchbay.spi.Profile;
import io.patchbay.spi.ReasoningInput;
import io.patchbay.spi.Text;
import io.patchbay.spi.config.ConfigField;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.data.ChatQuirks;
import io.patchbay.toolkit.data.ErrorTable;
import io.patchbay.toolkit.data.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads a profile. What it may hold is described in {@code docs/profiles.md}. */
final class VendorReading {
    private static final List<String> CAPABILITIES = List.of(
            "chat", "tools", "parallel-tools", "reasoning", "json-output", "several-choices", "embeddings", "images");
    /** What a profile may say of an error; the others are for plugins with code. */
    private static final List<String> FAULTS = List.of(
            "UPSTREAM", "RETRY", "RATE", "QUOTA", "KEY_DEAD", "NO_ACCESS", "BAD_REQUEST", "TOO_LONG", "CONTENT");

    private static final List<String> IMAGE_INPUTS = List.of("none", "inline", "url");
    /** Credentials belong to the channel, the body's own headers to the host. */
    private static final String HEADER =
            "(?i)(?!authorization|cookie|host|content-|transfer-|connection)[A-Za-z0-9-]{1,64}";

    private static final Pattern ANY = Pattern.compile("(?s).*");
    private static final Map<String, String> PATHS = Map.of(
            "chat", "chat/completions", "models", "models", "embeddings", "embeddings", "images", "images/generations");

    private VendorReading() {}

    /**
     * Returns the vendor.
     *
     * @throws IllegalArgumentException with the place of a mistake, what was expected and what was found
     */
    static Vendor read(JsonObject profile) {
        Node root = Node.of(profile);
        String id = root.get("id").text("", "[a-z0-9][a-z0-9-]{0,47}", "1 to 48 lower-case letters, digits and dashes");
        root.get("id").text();
        Text name = root.get("name").wording(Text.of(id, id));
        Map<String, String> paths = new LinkedHashMap<>();
        Node own = root.get("paths");
        PATHS.forEach((kind, usual) -> paths.put(kind, own.get(kind).text(usual)));
        own.closed();
        List<ConfigField> options = new ArrayList<>();
        Map<String, String> optionHeaders = new LinkedHashMap<>();
        root.get("options").each(option -> options.add(option(option, optionHeaders)));
        Node auth = root.get("auth");
        Access access = new Access(
                root.get("basePath").text("/v1", "|(/[A-Za-z0-9._-]+)+", "a path such as /v1, or an empty text"),
                Map.copyOf(paths),
                auth.text(
                                "bearer",
                                "bearer|none|api-key|(header|query):[A-Za-z0-9_-]{1,64}",
                                "bearer, none, api-key, header:<name> or query:<name>")
                        .replaceFirst("^api-key$", "header:api-key"),
                headers(root.get("headers")),
                Map.copyOf(optionHeaders));
        Node list = root.get("modelList");
        Vendor.ModelList models = new Vendor.ModelList(
                list.get("shape").word(List.of("data", "array", "static", "none")),
                list.get("path").text(paths.getOrDefault("models", "models")),
                list.get("prefix").text(""));
        list.closed();
        Account account = Account.read(root.get("balance"));
        Set<String> embeddings = Set.copyOf(root.get("embeddings").texts());
        Map<String, String> images = root.get("images").isList()
                ? names(root.get("images").texts())
                : root.get("images").members(Node::text);
        List<Vendor.Model> rules = models(root, !models.shape().equals("none"), account != null);
        Vendor vendor = new Vendor(
                descriptor(root, id, name, access, options, rules),
                access,
                root.get("modelNames").members(Node::text),
                models,
                account,
                embeddings,
                images,
                rules);
        root.closed();
        return vendor;
    }

    private static Map<String, String> headers(Node headers) {
        Map<String, String> read = headers.members(value -> value.text("", "[\\x20-\\x7e]*", "printable ASCII"));
        if (!read.keySet().stream().allMatch(name -> name.matches(HEADER))) {
            throw headers.wrong("names of letters, digits and dashes, and no Authorization, Cookie, Host, Content-…");
        }
        return read;
    }

    private static ConfigField option(Node option, Map<String, String> headers) {
        String name = option.get("name").text();
        headers.put(name, option.get("header").text("", HEADER, "the name of a header"));
        ConfigField field = ConfigField.builder(
                        name, ConfigField.Kind.TEXT, option.get("label").wording(Text.of(name, name)))
                .hint(option.get("hint").wording(Text.of("")))
                .build();
        option.closed();
        return field;
    }

    private static Map<String, String> names(List<String> names) {
        Map<String, String> same = new LinkedHashMap<>();
        names.forEach(name -> same.put(name, name));
        return same;
    }

    private static List<Vendor.Model> models(Node root, boolean listed, boolean told) {
        List<FaultRule> faults = root.get("errors").each(rule -> ErrorTable.rule(rule, FAULTS));
        Node chat = root.get("chat");
        Profile profile = ChatQuirks.read(chat, faults);
        JsonValue quirks = chat.isMissing() ? JsonObject.EMPTY : chat.any();
        List<String> capabilities = capabilities(root.get("capabilities"), List.of("chat"));
        String pictures = root.get("imageInput").word(IMAGE_INPUTS);
        List<Vendor.Model> models = new ArrayList<>();
        root.get("rules").each(rule -> {
            Node own = rule.get("chat");
            Profile changed = own.isMissing()
                    ? profile
                    : ChatQuirks.read(own.replaced(ChatQuirks.patched(quirks, own.any())), faults);
            Node input = rule.get("imageInput");
            Offer offer = offer(
                    capabilities(rule.get("capabilities"), capabilities),
                    input.isMissing() ? pictures : input.word(IMAGE_INPUTS),
                    listed,
                    told);
            models.add(new Vendor.Model(pattern(rule.get("models")), offer, changed));
            return rule.closed();
        });
        models.add(new Vendor.Model(ANY, offer(capabilities, pictures, listed, told), profile));
        return List.copyOf(models);
    }

    private static List<String> capabilities(Node node, List<String> fallback) {
        return node.isMissing() ? fallback : node.each(word -> word.word(CAPABILITIES));
    }

    /** Stars stand for anything; case does not matter. */
    private static Pattern pattern(Node globs) {
        List<String> texts = globs.texts();
        if (texts.isEmpty()) {
            throw globs.wrong("a list of model names, in which * stands for anything");
        }
        List<String> all = new ArrayList<>();
        texts.forEach(glob -> all.add(Pattern.quote(glob).replace("*", "\\E.*\\Q")));
        return Pattern.compile(String.join("|", all), Pattern.CASE_INSENSITIVE);
    }

    private static Offer offer(List<String> capabilities, String pictures, boolean listed, boolean told) {
        Offer.Builder offer = Offer.builder();
        capabilities.forEach(id -> offer.capability(new Capability(id)));
        if (capabilities.contains("chat")) {
            offer.dialect(Dialect.OPENAI_CHAT);
            if (!pictures.equals("none")) {
                offer.capability(Capability.VISION)
                        .imageInput(pictures.equals("inline") ? ImageInput.INLINE : ImageInput.URL_OR_INLINE);
            }
        }
        if (listed) {
            offer.capability(Capability.MODEL_LIST);
        }
        if (told) {
            offer.capability(Capability.BALANCE);
        }
        return offer.build();
    }

    private static ChannelDescriptor descriptor(
            Node root, String id, Text name, Access access, List<ConfigField> options, List<Vendor.Model> models) {
        ChannelDescriptor.Builder descriptor = ChannelDescriptor.builder(id, name)
                .description(root.get("description")
                        .wording(Text.of(
                                name.in(Locale.ENGLISH) + ", by its OpenAI-compatible API.",
                                name.in(Locale.SIMPLIFIED_CHINESE) + "的 OpenAI 兼容接口。")))
                .defaultEndpoint(root.get("endpoint")
                        .text(
                                "",
                                "https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._/-]*)?",
                                "an http or https address"))
                .templateModels(root.get("models").texts().toArray(String[]::new))
                .logo(Logo.of(id, root.get("color").text("", "#[0-9a-fA-F]{6}", "a colour such as #1f8a70")));
        ConfigField.Builder key = ConfigField.builder(Access.KEY, ConfigField.Kind.SECRET, Text.of("API key", "API 密钥"))
                .hint(root.get("secretHint").wording(Text.of("One key per line", "每行一个密钥")));
        boolean required = root.get("secretRequired").flag(true);
        if (!access.auth().equals("none")) {
            descriptor.secretPart(required ? key.required().build() : key.build());
        }
        options.forEach(descriptor::option);
        Set<String> lost = new TreeSet<>(root.get("unmapped").texts());
        models.forEach(model -> lost(model.profile(), lost));
        return descriptor.unmapped(lost.toArray(String[]::new)).build();
    }

    /** Adds what a chat by this profile can lose. */
    private static void lost(Profile profile, Set<String> lost) {
        lost.addAll(profile.dropped());
        if (profile.messageRules().contains(MessageRule.STRING_ONLY)) {
            lost.add("messages.image_url");
        }
        if (profile.messageRules().contains(MessageRule.NO_NAMES)) {
            lost.add("messages.name");
        }
        if (profile.messageRules().contains(MessageRule.NO_REASONING)) {
            lost.add("messages.reasoning_content");
        }
        profile.toolChoices().forEach((form, word) -> {
            if (!form.equals("none") && (word.isEmpty() || word.equals("auto") || form.equals("function"))) {
                lost.add("tool_choice");
            }
        });
        ReasoningInput input = profile.reasoningInput();
        if (input != null && input.effort().isEmpty() && input.toggle().isEmpty()) {
            lost.add("reasoning_effort");
        }
    }
}
