package io.patchbay.toolkit.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Offer;
import io.patchbay.spi.Text;
import io.patchbay.spi.config.ConfigField;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestChatCall;
import io.patchbay.toolkit.VendorFaults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelTypeFileTest {
    private static final JsonObject SMALLEST = Json.parse("""
                    {"id": "acme", "name": "Acme", "description": "Acme's API", "logo": "logo.svg"}""").asObject();

    @Test
    void readsEverythingTheConsoleShows() {
        ChannelDescriptor descriptor =
                ChannelTypeFile.of(ChannelTypeFileTest.class).descriptor();

        assertThat(descriptor.id()).isEqualTo("acme");
        assertThat(descriptor.name()).isEqualTo(Text.of("Acme", "Acme"));
        assertThat(descriptor.description()).isEqualTo(Text.of("Acme's own API.", "Acme 官方接口。"));
        assertThat(descriptor.defaultEndpoint()).isEqualTo("https://api.acme.example/v2");
        assertThat(descriptor.hosts()).containsExactly("tokens.acme.example", "*.acme.test");
        assertThat(descriptor.templateModels()).containsExactly("acme-large", "acme-small");
        assertThat(descriptor.unmapped()).containsExactly("n", "seed");
        assertThat(descriptor.logo()).startsWith("<svg ").endsWith("</svg>");
    }

    @Test
    void readsFieldsWithTheKindThatIsUsualWhereTheyStand() {
        ChannelDescriptor descriptor =
                ChannelTypeFile.of(ChannelTypeFileTest.class).descriptor();

        ConfigField account = descriptor.secretParts().get(0);
        ConfigField key = descriptor.secretParts().get(1);
        assertThat(account.kind()).isEqualTo(ConfigField.Kind.TEXT);
        assertThat(account.required()).isFalse();
        assertThat(key.name()).isEqualTo("key");
        assertThat(key.kind()).isEqualTo(ConfigField.Kind.SECRET);
        assertThat(key.label()).isEqualTo(Text.of("API key", "API 密钥"));
        assertThat(key.hint()).isEqualTo(Text.of(""));
        assertThat(key.required()).isTrue();

        ConfigField project = descriptor.options().get(0);
        ConfigField region = descriptor.options().get(1);
        assertThat(project.kind()).isEqualTo(ConfigField.Kind.TEXT);
        assertThat(project.fallback()).isEmpty();
        assertThat(region.kind()).isEqualTo(ConfigField.Kind.CHOICE);
        assertThat(region.hint()).isEqualTo(Text.of("Where it runs.", "运行位置。"));
        assertThat(region.choices()).containsExactly("eu", "us");
        assertThat(region.fallback()).isEqualTo("eu");
    }

    @Test
    void addsSharedOptionsBehindItsOwn() {
        ConfigField shared = ConfigField.builder("safety", ConfigField.Kind.TEXT, Text.of("Safety"))
                .build();

        ChannelDescriptor descriptor =
                ChannelTypeFile.of(ChannelTypeFileTest.class, shared).descriptor();

        assertThat(descriptor.options()).hasSize(3).last().isSameAs(shared);
    }

    @Test
    void chatsDepartFromTheDialectAsTheFirstRuleThatFitsSays() {
        ChannelTypeFile file = ChannelTypeFile.read(
                SMALLEST.toBuilder().putAll(Json.parse("""
                                {"chat": {"drop": ["seed"], "rename": {"user": "user_id"}}, "rules": [
                                  {"models": "acme-[0-9]+", "chat": {"drop": ["n"], "clamp": {"top_p": [0, 0.5]}}},
                                  {"models": "acme-.*", "chat": {"rename": null}}
                                ]}""").asObject()).build(), logo -> "<svg/>");

        assertThat(sent(file, "other"))
                .isEqualTo(Json.parse("{\"model\":\"other\",\"messages\":[],\"user_id\":\"u\",\"top_p\":1}"));
        assertThat(sent(file, "ACME-1"))
                .isEqualTo(Json.parse(
                        "{\"model\":\"ACME-1\",\"messages\":[],\"user_id\":\"u\",\"seed\":1,\"top_p\":0.5}"));
        assertThat(sent(file, "acme-x"))
                .isEqualTo(Json.parse("{\"model\":\"acme-x\",\"messages\":[],\"user\":\"u\",\"top_p\":1}"));
    }

    private static JsonValue sent(ChannelTypeFile file, String model) {
        TestChatCall call =
                TestChatCall.of("{\"model\":\"" + model + "\",\"messages\":[],\"user\":\"u\",\"seed\":1,\"top_p\":1}");
        return FlowDriver.answering(Reply.json(404, "{}"))
                .chat(file.chat(call, () -> HttpRequest.post("https://a.example")))
                .sent()
                .getFirst()
                .json();
    }

    @Test
    void leavesOutWhatIsNotSaid() {
        ChannelDescriptor descriptor =
                ChannelTypeFile.read(SMALLEST, logo -> "<svg/>\n").descriptor();

        assertThat(descriptor.defaultEndpoint()).isEmpty();
        assertThat(descriptor.hosts()).isEmpty();
        assertThat(descriptor.secretParts()).isEmpty();
        assertThat(descriptor.options()).isEmpty();
        assertThat(descriptor.templateModels()).isEmpty();
        assertThat(descriptor.unmapped()).isEmpty();
        assertThat(descriptor.logo()).isEqualTo("<svg/>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "id | \"Acme\" | /id: expected 1 to 48 lower-case letters, digits and dashes, found \"Acme\"",
                "id | null | /id: expected a text that is not empty, found nothing",
                "name | null | /name: expected a text, or an object with the texts en and zh, found nothing",
                "name | {\"en\": \"Acme\"} | /name/zh: expected a text that is not empty, found nothing",
                "description | {\"en\": \"a\", \"zh\": \"b\", \"de\": \"c\"} | /description/de: there is no such member",
                "endpoint | \"api.acme.example\" | /endpoint: expected an http, https, ws or wss address",
                "hosts | [\"https://acme.example\"] | /hosts/0: expected a host such as api.acme.example",
                "models | \"acme-large\" | /models: expected a list, found \"acme-large\"",
                "unmapped | [\"\"] | /unmapped/0: expected a text that is not empty, found \"\"",
                "secret | [{\"label\": \"Key\"}] | /secret/0/name: expected a text that is not empty, found nothing",
                "secret | [{\"name\": \"key\"}] | /secret/0/label: expected a text, or an object",
                "options | [{\"name\": \"a\", \"label\": \"A\", \"kind\": \"list\"}] | /options/0/kind: expected one of text,",
                "options | [{\"name\": \"a\", \"label\": \"A\", \"must\": true}] | /options/0/must: there is no such member",
                "options | [{\"name\": \"a\", \"label\": \"A\", \"fallback\": true}] | /options/0/fallback: expected a text",
                "offers | [{\"capabilities\": [\"chatting\"]}] | /offers/0/capabilities/0: expected one of chat,",
                "chat | {\"drops\": []} | /chat/drops: there is no such member; the nearest is \"drop\"",
                "chat | {\"clamp\": {\"top_p\": [1, 0]}} | /chat/clamp/top_p: expected the least and the most value",
                "rules | [{\"chat\": {}}] | /rules/0/models: expected a text that is not empty, found nothing",
                "rules | [{\"models\": \".*\", \"chat\": {\"drop\": 1}}] | /rules/0/chat/drop: expected a list",
                "offers | [{\"models\": \"(\"}] | /offers/0/models: expected a regular expression",
                "offers | [{\"imageInput\": \"bytes\"}] | /offers/0/imageInput: expected one of none, inline, url",
                "offers | [{\"some\": [{\"names\": \"a\"}]}] | /offers/0/some/0/names: there is no such member",
                "errors | [{\"kind\": \"BROKE\"}] | /errors/0/kind: expected one of BAD_REQUEST,",
                "errors | [{\"codes\": [\"1\"]}] | /errors/0/kind: expected a text that is not empty, found nothing",
                "errors | [{\"kind\": \"RATE\", \"status\": 429, \"words\": \"a\"}] | /errors/0: expected either a status",
                "noise | \"[\" | /noise: expected a regular expression",
                "logo | null | /logo: expected a text that is not empty, found nothing",
                "modles | [] | /modles: there is no such member; the nearest is \"models\""
            })
    void saysWhereAMistakeIsAndWhatWasExpected(String member, String json, String message) {
        assertThatThrownBy(() -> ChannelTypeFile.read(with(member, json), logo -> "<svg/>"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void offersWhatTheFirstFittingNameSays() {
        ChannelTypeFile file = ChannelTypeFile.read(with("offers", """
                        [
                          {"models": "embed-.*", "capabilities": ["embeddings"]},
                          {
                            "models": "(?!old).*",
                            "dialect": "openai-chat",
                            "capabilities": ["chat", "tools"],
                            "some": [
                              {"models": ".*-eye", "imageInput": "inline"},
                              {"models": "big-.*", "imageInput": "url", "capabilities": ["reasoning"]}
                            ]
                          }
                        ]"""), logo -> "<svg/>");

        assertThat(file.offer("Embed-3").capabilities()).containsExactly(Capability.EMBEDDINGS);
        assertThat(file.offer("Embed-3").dialects()).isEmpty();
        assertThat(file.offer("small").capabilities()).containsExactlyInAnyOrder(Capability.CHAT, Capability.TOOLS);
        assertThat(file.offer("small").dialects()).containsExactly(Dialect.OPENAI_CHAT);
        assertThat(file.offer("small").imageInput()).isEqualTo(Offer.ImageInput.NONE);
        assertThat(file.offer("small-eye").capabilities())
                .containsExactlyInAnyOrder(Capability.CHAT, Capability.TOOLS, Capability.VISION);
        assertThat(file.offer("small-eye").imageInput()).isEqualTo(Offer.ImageInput.INLINE);
        assertThat(file.offer("big-one").has(Capability.REASONING)).isTrue();
        assertThat(file.offer("big-one").imageInput()).isEqualTo(Offer.ImageInput.URL_OR_INLINE);
        assertThat(file.offer("old").capabilities()).isEmpty();
    }

    @Test
    void offersChatWhereNothingIsSaid() {
        assertThat(ChannelTypeFile.read(SMALLEST, logo -> "<svg/>").offer("any"))
                .isSameAs(Offer.CHAT);
    }

    @Test
    void readsErrorsByTheFirstFittingRule() {
        JsonObject content = with("errors", """
                        [
                          {"kind": "TOO_LONG", "codes": ["Invalid*"], "words": "Too Long"},
                          {"kind": "BAD_REQUEST", "codes": ["Invalid*", "1210"]},
                          {"kind": "KEY_STALE", "status": 401}
                        ]""");
        VendorFaults faults = ChannelTypeFile.read(
                        content.toBuilder().put("noise", "\\(id [0-9]+\\)").build(), logo -> "<svg/>")
                .faults();

        assertThat(faults.read(fault("InvalidParameter", "the text is too long", 400))
                        .kind())
                .isEqualTo(FaultKind.TOO_LONG);
        assertThat(faults.read(fault("InvalidParameter", "no model", 400)).kind())
                .isEqualTo(FaultKind.BAD_REQUEST);
        assertThat(faults.read(fault("1210", "no model", 400)).kind()).isEqualTo(FaultKind.BAD_REQUEST);
        assertThat(faults.read(fault("other", "expired", 401)).kind()).isEqualTo(FaultKind.KEY_STALE);
        assertThat(faults.read(fault("other", "broken", 500)).kind()).isEqualTo(FaultKind.UPSTREAM);
        assertThat(faults.read(fault("other", "broken (id 7)", 500)).message()).isEqualTo("broken");
    }

    private static JsonObject with(String member, String json) {
        return SMALLEST.toBuilder().put(member, Json.parse(json)).build();
    }

    private static Fault fault(String code, String message, int status) {
        return Fault.builder(FaultKind.UPSTREAM, message)
                .vendorCode(code)
                .status(status)
                .build();
    }

    @Test
    void namesTheResourceThatIsWrong() {
        assertThatThrownBy(() -> ChannelTypeFile.named(ChannelTypeFileTest.class, "misspelt.json"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("the resource misspelt.json is wrong: /modles: there is no such member");
        assertThatThrownBy(() -> ChannelTypeFile.named(ChannelTypeFileTest.class, "logo.svg"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("the resource logo.svg is wrong: ");
        assertThatThrownBy(() -> ChannelTypeFile.named(ChannelTypeFileTest.class, "absent.json"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the plugin lacks its resource absent.json");
    }
}
