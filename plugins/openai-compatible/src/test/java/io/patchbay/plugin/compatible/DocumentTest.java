package io.patchbay.plugin.compatible;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Balance;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.MessageRule;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestChannel;
import io.patchbay.testkit.host.TestChatCall;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** That {@code docs/profiles.md} says what is so. */
final class DocumentTest {
    private static final CompatibleFamily FAMILY = new CompatibleFamily();

    private static String document() throws IOException {
        return Files.readString(Path.of("../../docs/profiles.md"));
    }

    private static JsonValue first(Pattern pattern) throws IOException {
        Matcher matcher = pattern.matcher(document());
        assertThat(matcher.find()).isTrue();
        return Json.parse(matcher.group(1));
    }

    @Test
    void theExampleIsAVendor() throws IOException {
        JsonValue example = first(Pattern.compile("(?s)-d '(\\{.*?)'\n```"));
        ChannelType parley = FAMILY.member(example.get("body").asObject());
        TestChannel channel = TestChannel.builder(parley.descriptor(), "one").build();

        FlowRun<ChatEvent> run = FlowDriver.answering(
                        Reply.json(400, "{\"error\":{\"code\":\"P17\",\"message\":\"no\"}}"))
                .chat(parley.chat(
                        TestChatCall.of(
                                "{\"model\":\"parley-1\",\"max_tokens\":5,\"temperature\":2,\"seed\":1,\"messages\":["
                                        + "{\"role\":\"user\",\"content\":\"Hi\"}]}"),
                        channel));

        assertThat(example.string("family")).isEqualTo(FAMILY.id());
        assertThat(run.sent().getFirst().url()).isEqualTo("https://api.parley.example/v1/chat/completions");
        assertThat(run.sent().getFirst().header("x-parley-key")).isNotBlank();
        assertThat(run.sent().getFirst().json().get("max_output")).hasToString("5");
        assertThat(run.sent().getFirst().json().get("temperature")).hasToString("1");
        assertThat(run.dropped()).containsExactly("seed");
        assertThat(run.fault().kind()).hasToString("QUOTA");
    }

    @Test
    void theExampleOfRulesIsRight() throws IOException {
        Matcher matcher = Pattern.compile("(?s)```json\n(\"chat\".*?)\n```").matcher(document());
        assertThat(matcher.find()).isTrue();

        ChannelType type = FAMILY.member(
                Json.parse("{\"id\":\"acme\"," + matcher.group(1) + "}").asObject());

        assertThat(type.descriptor().unmapped()).containsExactly("seed", "stop");
    }

    @Test
    void theExampleOfABalanceIsRight() throws IOException {
        Matcher matcher = Pattern.compile("(?s)```json\n(\"balance\".*?)\n```").matcher(document());
        assertThat(matcher.find()).isTrue();
        ChannelType type = FAMILY.member(
                Json.parse("{\"id\":\"acme\"," + matcher.group(1) + "}").asObject());
        TestChannel channel = TestChannel.builder(type.descriptor(), "one")
                .endpoint("https://acme.example/v1")
                .build();

        FlowRun<Balance> run = FlowDriver.answering(
                        Reply.json("{\"balance_infos\":[{\"total_balance\":\"1.5\",\"currency\":\"CNY\"}]}"))
                .run(type.balance(channel));

        assertThat(run.sent().getFirst().url()).isEqualTo("https://acme.example/user/balance");
        assertThat(run.events()).containsExactly(new Balance(new BigDecimal("1.5"), null, null, "CNY", ""));
    }

    /** Asks the reader what it knows by a member it does not. */
    private static List<String> known(String wrong) {
        try {
            FAMILY.member(Json.parse("{\"id\":\"acme\"," + wrong.replace('\'', '"') + "}")
                    .asObject());
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            return List.of(message.substring(message.lastIndexOf("\" of ") + 5).split(", "));
        }
        throw new AssertionError("was not refused: " + wrong);
    }

    @Test
    void everyMemberAndEveryRuleForMessagesIsDescribed() throws IOException {
        String document = document();
        List<String> names = new ArrayList<>(known("'?':1"));
        names.addAll(known("'chat':{'?':1}"));
        names.addAll(known("'chat':{'reasoning':{'?':1}}"));
        names.addAll(known("'rules':[{'models':['a'],'?':1}]"));
        names.addAll(known("'errors':[{'kind':'RATE','?':1}]"));
        names.addAll(known("'modelList':{'?':1}"));
        names.addAll(known("'balance':{'path':'b','left':'/a','?':1}"));
        for (MessageRule rule : MessageRule.values()) {
            names.add(rule.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }

        assertThat(names)
                .hasSizeGreaterThan(50)
                .allSatisfy(name -> assertThat(document).contains("`" + name + "`"));
    }
}
