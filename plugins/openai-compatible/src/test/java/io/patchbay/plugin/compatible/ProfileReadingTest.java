package io.patchbay.plugin.compatible;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.Offer;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.config.ConfigField;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.SentRequest;
import io.patchbay.testkit.host.TestChannel;
import io.patchbay.testkit.host.TestChatCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a profile may say, and what is said of one that is wrong. */
final class ProfileReadingTest {
    private static final CompatibleFamily FAMILY = new CompatibleFamily();

    private static ChannelType type(String members) {
        return FAMILY.member(profile(members));
    }

    private static JsonObject profile(String members) {
        return Json.parse("{\"id\":\"acme\"" + (members.isEmpty() ? "" : ",") + members.replace('\'', '"') + "}")
                .asObject();
    }

    @Test
    void anIdIsEnough() {
        ChannelType acme = type("");

        assertThat(acme.descriptor().id()).isEqualTo("acme");
        assertThat(acme.descriptor().name().byLanguage())
                .containsEntry("en", "acme")
                .containsEntry("zh-CN", "acme");
        assertThat(acme.descriptor().secretParts())
                .extracting(ConfigField::required)
                .containsExactly(true);
        assertThat(acme.offer("m", channel(acme, "https://acme.example")).capabilities())
                .containsExactlyInAnyOrder(Capability.CHAT, Capability.MODEL_LIST);
        assertThat(sent(acme, "https://acme.example").url()).isEqualTo("https://acme.example/v1/chat/completions");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'nmae':'Acme'                                        | /nmae: there is no such member; the nearest is "name" of
            'name':7                                             | /name: expected a text that is not empty, found 7
            'name':{'en':'Acme'}                                 | /name/zh: expected a text that is not empty, found nothing
            'name':{'en':'Acme','zh':'甲','fr':'Acmé'}            | /name/fr: there is no such member
            'endpoint':'ftp://acme.example'                      | /endpoint: expected an http or https address, found "ftp://acme.example"
            'auth':'basic'                                       | /auth: expected bearer, none, api-key, header:<name> or query:<name>, found "basic"
            'headers':{'Authorization':'Bearer sk-1'}            | /headers: expected names of letters, digits and dashes, and no Authorization
            'models':['a','']                                    | /models/1: expected a text that is not empty, found ""
            'capabilities':['chat','mind-reading']               | /capabilities/1: expected one of chat, tools
            'imageInput':'both'                                  | /imageInput: expected one of none, inline, url, found "both"
            'modelList':{'shape':'tree'}                         | /modelList/shape: expected one of data, array, static, none, found "tree"
            'chat':{'drop':'seed'}                               | /chat/drop: expected a list, found "seed"
            'chat':{'clamp':{'top_p':[1]}}                       | /chat/clamp/top_p: expected the least and the most value, such as [0, 1], found [1]
            'chat':{'clamp':{'top_p':[1,0]}}                     | /chat/clamp/top_p: expected the least and the most value
            'chat':{'messages':['shout']}                        | /chat/messages/0: expected one of one-system-first, system-into-user
            'chat':{'streamOption':true}                         | /chat/streamOption: there is no such member; the nearest is "streamOptions"
            'chat':{'toolCallIdLength':2.5}                      | /chat/toolCallIdLength: expected a whole number from 0 to 64, found 2.5
            'chat':{'reasoning':{'effort':'a..b'}}               | /chat/reasoning/effort: expected members joined by dots
            'chat':{'reasoning':{'efort':'x'}}                   | /chat/reasoning/efort: there is no such member; the nearest is "effort"
            'rules':[{'chat':{}}]                                | /rules/0/models: expected a list of model names, in which * stands for anything
            'rules':[{'models':['a'],'chat':{'drop':[1]}}]       | /rules/0/chat/drop/0: expected a text that is not empty, found 1
            'errors':[{'kind':'BROKEN'}]                         | /errors/0/kind: expected one of UPSTREAM, RETRY
            'errors':[{'kind':'RATE','status':429,'words':'x'}]  | /errors/0: expected either a status or words
            'balance':{'left':'/a'}                              | /balance/path: expected a text that is not empty, found nothing
            'balance':{'path':'https://a.example/b','left':'/a'} | /balance/path: expected a path such as user/balance
            'balance':{'path':'b','total':'/a'}                  | /balance: expected the pointer "left", or both "total" and "used"
            'balance':{'path':'b','left':'a'}                    | /balance/left: expected a JSON pointer such as /data/left, found "a"
            'balance':{'path':'b','left':'/a','curency':'CNY'}   | /balance/curency: there is no such member; the nearest is "currency"
            'balance':{'path':'b','left':'/a','currency':'€'}    | /balance/currency: expected a currency such as CNY, a JSON pointer
            'options':[{'name':'team','header':'X Team'}]        | /options/0/header: expected the name of a header, found "X Team"
            """)
    void aMistakeIsToldWithItsPlace(String members, String message) {
        assertThatThrownBy(() -> type(members))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void aProfileWithoutAnIdOrWithABadOneIsRefused() {
        assertThatThrownBy(() -> FAMILY.member(JsonObject.EMPTY))
                .hasMessage("/id: expected a text that is not empty, found nothing");
        assertThatThrownBy(() ->
                        FAMILY.member(JsonObject.builder().put("id", "Acme!").build()))
                .hasMessage("/id: expected 1 to 48 lower-case letters, digits and dashes, found \"Acme!\"");
    }

    @Test
    void theFirstRuleThatFitsAModelHolds() {
        ChannelType acme = type("""
                'capabilities':['chat','tools'],
                'chat':{'drop':['seed'],'clamp':{'top_p':[0,0.9]}},
                'modelNames':{'old':'deep-1'},
                'rules':[
                  {'models':['deep-*','*-r1'],'imageInput':'url','chat':{'drop':['stop'],'clamp':{'top_k':[0,5]}}},
                  {'models':['deep-2'],'capabilities':['embeddings']}]""");
        TestChannel channel = channel(acme, "https://acme.example");

        assertThat(acme.offer("Deep-2", channel).capabilities())
                .containsExactlyInAnyOrder(Capability.CHAT, Capability.TOOLS, Capability.VISION, Capability.MODEL_LIST);
        assertThat(acme.offer("plain", channel).imageInput()).isEqualTo(Offer.ImageInput.NONE);
        JsonValue deep = body(acme, "x-r1", ",\"seed\":1,\"stop\":[\"a\"],\"top_p\":1,\"top_k\":9");
        assertThat(deep.get("seed")).hasToString("1");
        assertThat(deep.get("stop")).isNull();
        assertThat(deep.get("top_p")).hasToString("0.9");
        assertThat(deep.get("top_k")).hasToString("5");
        assertThat(body(acme, "plain", ",\"seed\":1,\"top_k\":9").get("seed")).isNull();
        assertThat(body(acme, "old", ",\"stop\":[\"a\"]").string("model")).isEqualTo("deep-1");
        assertThat(body(acme, "old", ",\"stop\":[\"a\"]").get("stop")).isNull();
        assertThat(acme.descriptor().unmapped()).containsExactlyInAnyOrder("seed", "stop");
    }

    @Test
    void effortsInAListAreALadder() {
        ChannelType acme = type("'chat':{'reasoning':{'effort':'reasoning_effort','efforts':['low','high','max']}}");

        assertThat(effort(acme, "minimal")).isEqualTo("low");
        assertThat(effort(acme, "low")).isEqualTo("low");
        assertThat(effort(acme, "medium")).isEqualTo("high");
        assertThat(effort(acme, "xhigh")).isEqualTo("max");
        assertThat(effort(acme, "none")).isNull();
        assertThat(effort(type("'chat':{'reasoning':{'effort':'reasoning_effort','efforts':['none','high']}}"), "max"))
                .isEqualTo("high");
    }

    private static String effort(ChannelType type, String word) {
        return body(type, "m", ",\"reasoning_effort\":\"" + word + "\"").string("reasoning_effort");
    }

    @Test
    void credentialsGoWhereTheVendorWantsThem() {
        assertThat(sent(type("'auth':'api-key'"), "https://a.example").header("api-key"))
                .isEqualTo("sk-1");
        assertThat(sent(type("'auth':'header:X-Api-Key'"), "https://a.example").header("x-api-key"))
                .isEqualTo("sk-1");
        assertThat(sent(type("'auth':'query:key'"), "https://a.example").url()).endsWith("?key=sk-1");
        SentRequest none = sent(type("'auth':'none','headers':{'X-Client':'patchbay'}"), "https://a.example");
        assertThat(none.header("authorization")).isNull();
        assertThat(none.header("x-client")).isEqualTo("patchbay");
        assertThat(type("'auth':'none'").descriptor().secretParts()).isEmpty();
    }

    @Test
    void aKeyThatIsNotGivenIsNotSent() {
        ChannelType acme = type("'secretRequired':false");
        TestChannel channel = TestChannel.builder()
                .endpoint("https://a.example")
                .secret("key", "")
                .build();

        FlowRun<ChatEvent> run =
                FlowDriver.answering(Reply.json(404, "{}")).chat(acme.chat(TestChatCall.asking("m", "Hi"), channel));

        assertThat(run.sent().getFirst().header("authorization")).isNull();
        assertThat(acme.descriptor().secretParts())
                .extracting(ConfigField::required)
                .containsExactly(false);
    }

    @Test
    void anOptionOfTheChannelBecomesAHeader() {
        ChannelType acme = type("'options':[{'name':'team','label':'Team','header':'X-Team'}]");
        TestChannel channel = TestChannel.builder()
                .endpoint("https://a.example")
                .secret("key", "k")
                .option("team", "red")
                .build();

        FlowRun<ChatEvent> run =
                FlowDriver.answering(Reply.json(404, "{}")).chat(acme.chat(TestChatCall.asking("m", "Hi"), channel));

        assertThat(run.sent().getFirst().header("x-team")).isEqualTo("red");
        assertThat(sent(acme, "https://a.example").header("x-team")).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'basePath':'/v1'            | https://a.example                     | https://a.example/v1/chat/completions
            'basePath':'/v1'            | https://a.example/openai/             | https://a.example/openai/v1/chat/completions
            'basePath':'/v1'            | https://a.example/api/v4              | https://a.example/api/v4/chat/completions
            'basePath':'/v1'            | https://a.example/v1/chat/completions | https://a.example/v1/chat/completions
            'basePath':''               | https://a.example                     | https://a.example/chat/completions
            'basePath':''               | https://a.example/beta/               | https://a.example/beta/chat/completions
            'basePath':''               | https://a.example/chat/completions    | https://a.example/chat/completions
            'basePath':'/api/paas/v4'   | https://a.example                     | https://a.example/api/paas/v4/chat/completions
            'basePath':'/api/paas/v4'   | https://a.example/api/coding/paas/v4  | https://a.example/api/coding/paas/v4/chat/completions
            'paths':{'chat':'chat'}     | https://a.example/v1                  | https://a.example/v1/chat
            'paths':{'chat':'chat'}     | https://a.example/v1/chat             | https://a.example/v1/chat
            'basePath':''               | https://a.example/odd/place#          | https://a.example/odd/place
            """)
    void anAddressIsCompletedAsTheProfileSays(String members, String endpoint, String url) {
        assertThat(sent(type(members), endpoint).url()).isEqualTo(url);
    }

    @Test
    void aModelListMayLieBehindTheHost() {
        ChannelType acme = type("'basePath':'','modelList':{'shape':'array','path':'/catalog/models'}");

        var run = FlowDriver.answering(Reply.json("[{\"id\":\"a\"}]"))
                .run(acme.models(channel(acme, "https://a.example/inference")));

        assertThat(run.sent().getFirst().url()).isEqualTo("https://a.example/catalog/models");
        assertThat(run.events()).hasSize(1);
    }

    private static TestChannel channel(ChannelType type, String endpoint) {
        TestChannel.Builder channel = TestChannel.builder().endpoint(endpoint);
        type.descriptor().secretParts().forEach(part -> channel.secret(part.name(), "sk-1"));
        return channel.build();
    }

    private static SentRequest sent(ChannelType type, String endpoint) {
        FlowRun<ChatEvent> run = FlowDriver.answering(Reply.json(404, "{}"))
                .chat(type.chat(TestChatCall.asking("m", "Hi"), channel(type, endpoint)));
        assertThat(run.mistakes()).isEmpty();
        return run.sent().getFirst();
    }

    private static JsonValue body(ChannelType type, String model, String more) {
        FlowRun<ChatEvent> run = FlowDriver.answering(Reply.json(404, "{}"))
                .chat(type.chat(
                        TestChatCall.of("{\"model\":\"" + model
                                + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]" + more + "}"),
                        channel(type, "https://acme.example")));
        return run.sent().getFirst().json();
    }
}
