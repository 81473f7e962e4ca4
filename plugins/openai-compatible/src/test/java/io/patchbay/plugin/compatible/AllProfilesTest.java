package io.patchbay.plugin.compatible;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.ModelInfo;
import io.patchbay.spi.Offer;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.config.ConfigField;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.host.ChatSummary;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.SentRequest;
import io.patchbay.testkit.host.TestCalls;
import io.patchbay.testkit.host.TestChannel;
import io.patchbay.testkit.host.TestChatCall;
import io.patchbay.toolkit.data.ChatQuirks;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every shipped profile must do, asserted from its data: quickly, for each of them. */
final class AllProfilesTest {
    private static final CompatibleFamily FAMILY = new CompatibleFamily();

    private static final Reply WHOLE =
            Reply.json("{\"id\":\"c1\",\"object\":\"chat.completion\",\"model\":\"m\",\"choices\":"
                    + "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hello, 世界\"},\"finish_reason\":\"stop\"}],"
                    + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":4,\"total_tokens\":13}}");
    private static final Reply STREAM = Reply.sse(
            "{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":"
                    + "{\"role\":\"assistant\",\"content\":\"Hello, \"},\"finish_reason\":null}]}",
            "{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":"
                    + "{\"content\":\"世界\"},\"finish_reason\":\"stop\"}]}",
            "{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[],"
                    + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":4,\"total_tokens\":13}}");

    static Stream<Arguments> profiles() {
        return IntStream.range(0, FAMILY.profiles().size())
                .mapToObj(i -> Arguments.of(
                        FAMILY.profiles().get(i).string("id"),
                        FAMILY.profiles().get(i),
                        FAMILY.members().get(i)));
    }

    private static TestChannel channel(ChannelType type) {
        return TestChannel.builder(type.descriptor(), "one").build();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("profiles")
    void theDescriptorIsComplete(String id, JsonObject profile, ChannelType type) {
        ChannelDescriptor descriptor = type.descriptor();

        assertThat(descriptor.id()).isEqualTo(id);
        for (var text : List.of(descriptor.name(), descriptor.description())) {
            assertThat(text.byLanguage().get("en")).isNotBlank();
            assertThat(text.byLanguage().get("zh-CN")).isNotBlank();
        }
        if (descriptor.defaultEndpoint().isEmpty()) {
            assertThat(descriptor.description().byLanguage().get("en")).contains("Endpoint: ");
        } else {
            assertThat(URI.create(descriptor.defaultEndpoint()).getHost()).isNotBlank();
        }
        assertThat(descriptor.secretParts()).extracting(ConfigField::name).containsExactly("key");
        assertThat(descriptor.templateModels()).doesNotHaveDuplicates();
        assertThat(descriptor.logo()).startsWith("<svg ").endsWith("</svg>").hasSizeLessThan(1000);
        assertThat(FAMILY.member(profile).descriptor().templateModels()).isEqualTo(descriptor.templateModels());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("profiles")
    void whatIsOfferedFitsTogether(String id, JsonObject profile, ChannelType type) {
        TestChannel channel = channel(type);
        List<String> models = new ArrayList<>(type.descriptor().templateModels());
        models.add("a-model-nobody-has-heard-of");
        for (String model : models) {
            Offer offer = type.offer(model, channel);
            assertThat(offer.capabilities()).as(model).isNotEmpty();
            assertThat(offer.has(Capability.VISION)).as(model).isEqualTo(offer.imageInput() != Offer.ImageInput.NONE);
            assertThat(offer.dialects().contains(Dialect.OPENAI_CHAT)).as(model).isEqualTo(offer.has(Capability.CHAT));
        }
    }

    /** A model for each way in which the profile asks: each of its rules, and what none of them names. */
    private static List<String> models(JsonObject profile) {
        List<String> models = new ArrayList<>();
        for (JsonValue rule : profile.elements("rules")) {
            rule.elements("models")
                    .forEach(glob -> models.add(String.valueOf(glob.string()).replace("*", "x")));
        }
        models.add("a-model-nobody-has-heard-of");
        return models;
    }

    /** The chat quirks that hold for a model, merged here by hand once more. */
    private static JsonValue quirks(JsonObject profile, String model) {
        JsonValue base = profile.get("chat") == null ? JsonObject.EMPTY : profile.get("chat");
        for (JsonValue rule : profile.elements("rules")) {
            boolean named = rule.elements("models").stream()
                    .anyMatch(glob -> model.toLowerCase()
                            .matches(String.valueOf(glob.string())
                                    .toLowerCase()
                                    .replace(".", "\\.")
                                    .replace("*", ".*")));
            if (named) {
                return rule.get("chat") == null ? base : ChatQuirks.patched(base, rule.get("chat"));
            }
        }
        return base;
    }

    private static FlowRun<ChatEvent> chat(ChannelType type, String body, Reply... replies) {
        FlowRun<ChatEvent> run = FlowDriver.answering(replies).chat(type.chat(TestChatCall.of(body), channel(type)));
        assertThat(run.mistakes()).isEmpty();
        return run;
    }

    private static String body(String model, boolean stream, String more) {
        return "{\"model\":\"" + model + "\",\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"developer\",\"content\":\"Be brief.\"},{\"role\":\"user\",\"content\":\"Hi\"}]"
                + more + "}";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("profiles")
    void chatsAreAnsweredStreamedAndPlain(String id, JsonObject profile, ChannelType type) {
        for (String model : models(profile)) {
            if (!type.offer(model, channel(type)).has(Capability.CHAT)) {
                continue;
            }
            JsonValue quirks = quirks(profile, model);
            for (boolean stream : new boolean[] {true, false}) {
                boolean asked = stream || quirks.flag("streamsOnly", false);
                FlowRun<ChatEvent> run = chat(type, body(model, stream, ""), asked ? STREAM : WHOLE);

                ChatSummary answer = ChatSummary.of(run.events());
                assertThat(answer.first().text()).as(model).isEqualTo("Hello, 世界");
                assertThat(answer.first().finish()).isEqualTo("stop");
                assertThat(answer.usage()).isEqualTo(new ChatSummary.Tokens(9, 4, 0, 0, 0));
                SentRequest sent = run.sent().getFirst();
                assertThat(sent.url()).doesNotContain("/v1/v1").endsWith(path(profile, "chat", "chat/completions"));
                assertThat(sent.json().flag("stream", false)).isEqualTo(asked);
                assertThat(sent.json().get("stream_options") != null)
                        .isEqualTo(asked && quirks.flag("streamOptions", true));
                assertThat(sent.header("authorization")).isEqualTo("Bearer sk-one-key-0123456789abcdef");
                assertThat(run.dropped()).isEmpty();
            }
        }
    }

    private static String path(JsonObject profile, String kind, String usual) {
        JsonValue paths = profile.get("paths");
        return "/" + (paths == null ? usual : paths.string(kind, usual));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("profiles")
    void itsQuirksShowInWhatIsSent(String id, JsonObject profile, ChannelType type) {
        for (String model : models(profile)) {
            if (!type.offer(model, channel(type)).has(Capability.CHAT)) {
                continue;
            }
            JsonValue quirks = quirks(profile, model);
            FlowRun<ChatEvent> run = chat(
                    type,
                    body(
                            model,
                            true,
                            ",\"temperature\":1.99,\"top_p\":1,\"max_tokens\":99999,"
                                    + "\"max_completion_tokens\":99998,\"n\":2,\"seed\":7,\"stop\":[\"END\"],\"user\":\"u\",\"logprobs\":true,"
                                    + "\"top_logprobs\":2,\"logit_bias\":{\"1\":1},\"presence_penalty\":1.5,\"frequency_penalty\":1.5,"
                                    + "\"response_format\":{\"type\":\"json_object\"},\"service_tier\":\"flex\",\"parallel_tool_calls\":false,"
                                    + "\"store\":true,\"top_k\":3000,\"repetition_penalty\":1.1,"
                                    + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],\"tool_choice\":\"required\""),
                    STREAM);
            JsonObject sent = run.sent().getFirst().json().asObject();

            for (JsonValue name : quirks.elements("drop")) {
                boolean there = !List.of("function_call", "reasoning_format").contains(name.string());
                assertThat(sent.has(String.valueOf(name.string())))
                        .as(model + " " + name)
                        .isFalse();
                if (there) {
                    assertThat(run.dropped()).as(model).contains(name.string());
                }
            }
            members(quirks, "rename").forEach((ours, theirs) -> {
                assertThat(sent.has(ours)).as(model + " " + ours).isFalse();
                assertThat(sent.has(String.valueOf(theirs.string())))
                        .as(model + " " + theirs)
                        .isTrue();
            });
            members(quirks, "clamp").forEach((name, range) -> {
                if (sent.get(name) != null) {
                    assertThat(sent.get(name).number())
                            .as(model + " " + name)
                            .isBetween(range.get(0).number(), range.get(1).number());
                }
            });
            members(quirks, "set")
                    .forEach((name, value) -> assertThat(sent.get(name)).isEqualTo(value));
            members(quirks, "preset")
                    .forEach((name, value) -> assertThat(sent.get(name)).isEqualTo(value));
            String developer = members(quirks, "roles")
                    .getOrDefault("developer", JsonValue.of("developer"))
                    .string();
            if (!quirks.elements("messages").contains(JsonValue.of("system-into-user"))
                    && !quirks.elements("messages").contains(JsonValue.of("user-first"))) {
                assertThat(sent.at("messages", 0, "role").string()).isEqualTo(developer);
            }
            JsonValue word = members(quirks, "toolChoice").get("required");
            boolean toolsGone = quirks.elements("drop").contains(JsonValue.of("tool_choice"));
            assertThat(sent.string("tool_choice", ""))
                    .as(model)
                    .isEqualTo(toolsGone ? "" : word == null ? "required" : word.string());
            assertThat(type.descriptor().unmapped()).as(model).containsAll(run.dropped());
        }
    }

    private static Map<String, JsonValue> members(JsonValue quirks, String name) {
        JsonValue value = quirks.get(name);
        return value == null ? Map.of() : value.asObject().members();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("profiles")
    void reasoningIsSaidWhereTheVendorLooksForIt(String id, JsonObject profile, ChannelType type) {
        for (String model : models(profile)) {
            JsonValue reasoning = quirks(profile, model).get("reasoning");
            if (reasoning == null || !type.offer(model, channel(type)).has(Capability.CHAT)) {
                continue;
            }
            FlowRun<ChatEvent> high = chat(type, body(model, true, ",\"reasoning_effort\":\"high\""), STREAM);
            FlowRun<ChatEvent> off = chat(type, body(model, true, ",\"enable_thinking\":false"), STREAM);
            JsonValue sent = high.sent().getFirst().json();

            String effort = reasoning.string("effort", "");
            boolean known = reasoning.get("efforts") == null
                    || reasoning.get("efforts") instanceof JsonArray
                    || reasoning.at("efforts", "high") != null;
            if (!effort.isEmpty() && known) {
                assertThat(sent.at((Object[]) effort.split("\\."))).as(model).isNotNull();
                assertThat(high.dropped()).doesNotContain("reasoning_effort");
            } else if (reasoning.get("switch") != null) {
                assertThat(sent.at((Object[]) reasoning.string("switch", "").split("\\.")))
                        .as(model)
                        .isEqualTo(reasoning.get("on") == null ? JsonValue.of(true) : reasoning.get("on"));
            } else {
                assertThat(sent.asObject().members()).as(model).doesNotContainKey("reasoning_effort");
                assertThat(high.dropped()).as(model).contains("reasoning_effort");
            }
            if (reasoning.get("switch") != null) {
                assertThat(off.sent().getFirst().json().at((Object[])
                                reasoning.string("switch", "").split("\\.")))
                        .as(model)
                        .isEqualTo(reasoning.get("off") == null ? JsonValue.of(false) : reasoning.get("off"));
            }
            assertThat(off.sent().getFirst().json().get("enable_thinking") != null)
                    .isEqualTo("enable_thinking".equals(reasoning.string("switch")));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("profiles")
    void reasoningInAnswersIsTakenApart(String id, JsonObject profile, ChannelType type) {
        for (String model : models(profile)) {
            JsonValue quirks = quirks(profile, model);
            if (!type.offer(model, channel(type)).has(Capability.CHAT)) {
                continue;
            }
            for (JsonValue tag : quirks.elements("reasoningTags")) {
                String content = "<" + tag.string() + ">Hm.</" + tag.string() + ">\\n\\nHi";
                FlowRun<ChatEvent> run = chat(
                        type,
                        body(model, true, ""),
                        Reply.sse("{\"choices\":[{\"index\":0,\"delta\":" + "{\"content\":\"" + content
                                + "\"},\"finish_reason\":\"stop\"}]}"));
                assertThat(ChatSummary.of(run.events()).first().reasoning())
                        .as(model)
                        .isEqualTo("Hm.");
                assertThat(ChatSummary.of(run.events()).first().text())
                        .as(model)
                        .isEqualTo("Hi");
                assertThat(run.tapped()).isEmpty();
            }
            members(quirks, "finish").forEach((theirs, ours) -> {
                FlowRun<ChatEvent> run = chat(
                        type,
                        body(model, true, ""),
                        Reply.sse("{\"choices\":[{\"index\":0,\"delta\":" + "{\"content\":\"Hi\"},\"finish_reason\":\""
                                + theirs + "\"}]}"));
                if (ours.string().equals("error")) {
                    assertThat(run.fault()).as(theirs).isNotNull();
                } else {
                    assertThat(ChatSummary.of(run.events()).first().finish())
                            .as(theirs)
                            .isEqualTo(ours.string());
                }
            });
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("profiles")
    void itsErrorsMeanWhatTheProfileSays(String id, JsonObject profile, ChannelType type) {
        boolean chats = type.offer("a-model-nobody-has-heard-of", channel(type)).has(Capability.CHAT);
        List<JsonValue> rules = profile.elements("errors");
        for (JsonValue rule : rules) {
            int status = (int) rule.longValue("status", 0);
            List<JsonValue> codes =
                    rule.elements("codes").isEmpty() ? List.of(JsonValue.of("")) : rule.elements("codes");
            for (JsonValue code : codes) {
                String name = String.valueOf(code.string()).replace("*", "x");
                Reply reply = Reply.json(
                        status == 0 ? 418 : status,
                        JsonObject.builder()
                                .put(
                                        "error",
                                        JsonObject.builder()
                                                .put("message", "made by the test " + rule.string("words", ""))
                                                .put("code", name)
                                                .build())
                                .build()
                                .toJson());
                if (chats) {
                    Fault fault = chat(type, body("a-model-nobody-has-heard-of", true, ""), reply)
                            .fault();
                    assertThat(fault).isNotNull();
                    assertThat(fault.kind()).as(rule.toJson()).isEqualTo(FaultKind.valueOf(rule.string("kind")));
                }
            }
        }
        if (chats) {
            Fault dead = chat(
                            type,
                            body("a-model-nobody-has-heard-of", true, ""),
                            Reply.json(401, "{\"error\":{\"message\":\"no\",\"code\":\"nothing_of_note\"}}"))
                    .fault();
            assertThat(dead).isNotNull();
            assertThat(dead.kind()).isEqualTo(FaultKind.KEY_DEAD);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("profiles")
    void modelsAreListedWhereTheVendorHasAList(String id, JsonObject profile, ChannelType type) {
        String shape = profile.get("modelList") == null
                ? "data"
                : profile.get("modelList").string("shape", "data");
        String prefix =
                profile.get("modelList") == null ? "" : profile.get("modelList").string("prefix", "");
        String list = "[{\"id\":\"" + prefix + "one\",\"owned_by\":\"x\"},{\"id\":\"two\"}]";
        FlowRun<ModelInfo> run = FlowDriver.answering(
                        Reply.json(shape.equals("array") ? list : "{\"data\":" + list + "}"))
                .run(type.models(channel(type)));

        assertThat(run.mistakes()).isEmpty();
        List<String> found = run.events().stream().map(ModelInfo::id).toList();
        switch (shape) {
            case "none" -> assertThat(run.fault().kind()).isEqualTo(FaultKind.UNSUPPORTED);
            case "static" -> assertThat(found).isEqualTo(type.descriptor().templateModels());
            default -> {
                assertThat(found).containsExactly("one", "two");
                assertThat(run.sent().getFirst().method()).isEqualTo("GET");
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("profiles")
    void embeddingsAndImagesAreMadeWhereTheyAreOfferedAndRefusedElsewhere(
            String id, JsonObject profile, ChannelType type) {
        TestChannel channel = channel(type);
        boolean embeds = false;
        boolean draws = false;
        for (String model : models(profile)) {
            embeds |= type.offer(model, channel).has(Capability.EMBEDDINGS);
            draws |= type.offer(model, channel).has(Capability.IMAGES);
        }
        var vectors = FlowDriver.answering(Reply.json("{\"data\":[{\"index\":0,\"embedding\":[0.5,1]}],"
                        + "\"usage\":{\"prompt_tokens\":2,\"total_tokens\":2}}"))
                .run(type.embed(TestCalls.embedding("{\"model\":\"m\",\"input\":\"a\"}"), channel));
        var pictures = FlowDriver.answering(Reply.json("{\"data\":[{\"url\":\"https://a.example/b.png\"}]}"))
                .run(type.images(TestCalls.image("{\"model\":\"m\",\"prompt\":\"a\",\"size\":\"64x64\"}"), channel));

        assertThat(vectors.mistakes()).isEmpty();
        assertThat(pictures.mistakes()).isEmpty();
        assertThat(vectors.fault() == null).isEqualTo(embeds);
        assertThat(pictures.fault() == null).isEqualTo(draws);
        if (embeds) {
            assertThat(vectors.sent().getFirst().url()).endsWith(path(profile, "embeddings", "embeddings"));
        } else {
            assertThat(vectors.fault().kind()).isEqualTo(FaultKind.UNSUPPORTED);
        }
        if (draws) {
            assertThat(pictures.sent().getFirst().url()).endsWith(path(profile, "images", "images/generations"));
            JsonValue images = profile.get("images");
            String size = images instanceof JsonObject named ? named.string("size", "") : "";
            assertThat(pictures.sent().getFirst().json().get(size.isEmpty() ? "nothing" : size) != null)
                    .isEqualTo(!size.isEmpty());
        }
    }
}
