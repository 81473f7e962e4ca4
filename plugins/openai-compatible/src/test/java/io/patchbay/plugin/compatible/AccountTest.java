package io.patchbay.plugin.compatible;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Balance;
import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.json.Json;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestChannel;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left on an account, as vendors tell it. */
final class AccountTest {
    private static final CompatibleFamily FAMILY = new CompatibleFamily();

    private static ChannelType shipped(String id) {
        return FAMILY.members().stream()
                .filter(type -> type.descriptor().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static ChannelType own(String balance) {
        return FAMILY.member(Json.parse("{\"id\":\"acme\",\"balance\":" + balance.replace('\'', '"') + "}")
                .asObject());
    }

    private static FlowRun<Balance> ask(ChannelType type, String endpoint, String answer) {
        TestChannel.Builder channel = TestChannel.builder(type.descriptor(), "one");
        FlowRun<Balance> run = FlowDriver.answering(Reply.json(answer))
                .run(type.balance(
                        endpoint.isEmpty()
                                ? channel.build()
                                : channel.endpoint(endpoint).build()));
        assertThat(run.mistakes()).isEmpty();
        return run;
    }

    private static Balance of(String left, String currency, String part) {
        return new Balance(new BigDecimal(left), null, null, currency, part);
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.moonshot.cn, CNY, https://api.moonshot.cn/v1/users/me/balance",
        "https://api.moonshot.ai/v1, USD, https://api.moonshot.ai/v1/users/me/balance",
        "https://gateway.example, '', https://gateway.example/v1/users/me/balance"
    })
    void moonshotPaysInTheCurrencyOfItsHost(String endpoint, String currency, String url) {
        FlowRun<Balance> run = ask(
                shipped("moonshot"),
                endpoint,
                "{\"code\":0,\"data\":{\"available_balance\":49.58894,\"voucher_balance\":46.58893,"
                        + "\"cash_balance\":3.00001},\"scode\":\"0x0\",\"status\":true}");

        assertThat(run.sent().getFirst().url()).isEqualTo(url);
        assertThat(run.sent().getFirst().header("authorization")).startsWith("Bearer ");
        assertThat(run.events())
                .containsExactly(
                        of("49.58894", currency, ""),
                        of("46.58893", currency, "voucher"),
                        of("3.00001", currency, "cash"));
    }

    @Test
    void siliconflowTellsATextAmongPersonalThings() {
        FlowRun<Balance> run = ask(
                shipped("siliconflow"),
                "",
                "{\"code\":20000,\"message\":\"OK\",\"status\":true,\"data\":{\"name\":\"Ada\",\"balance\":\"0.88\","
                        + "\"chargeBalance\":\"88.00\",\"totalBalance\":\"88.88\"}}");

        assertThat(run.sent().getFirst().url()).isEqualTo("https://api.siliconflow.cn/v1/user/info");
        assertThat(run.events()).containsExactly(of("88.88", "", ""));
    }

    @Test
    void openrouterTellsWhatWasBoughtAndWhatWasUsed() {
        FlowRun<Balance> run =
                ask(shipped("openrouter"), "", "{\"data\":{\"total_credits\":100.5,\"total_usage\":25.75}}");

        assertThat(run.sent().getFirst().url()).isEqualTo("https://openrouter.ai/api/v1/credits");
        assertThat(run.events())
                .containsExactly(new Balance(
                        new BigDecimal("74.75"), new BigDecimal("100.5"), new BigDecimal("25.75"), "credits", ""));
    }

    @Test
    void deepseeksAccountLiesBehindTheHostWhateverTheEndpointSays() {
        FlowRun<Balance> run = ask(
                shipped("deepseek"),
                "https://api.deepseek.com/beta",
                "{\"balance_infos\":[{\"currency\":\"CNY\",\"total_balance\":\"1\"}]}");

        assertThat(run.sent().getFirst().url()).isEqualTo("https://api.deepseek.com/user/balance");
        assertThat(run.events()).containsExactly(of("1", "CNY", ""));
    }

    @Test
    void pointersFollowMembersElementsAndEscapedNames() {
        ChannelType acme = own("{'path':'me','left':'/a~1b/1/c~0d','currency':'points'}");

        assertThat(ask(acme, "https://a.example", "{\"a/b\":[0,{\"c~d\":7.10}]}")
                        .events())
                .containsExactly(of("7.10", "points", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"left\":null}",
                "{\"left\":\"\"}",
                "{\"left\":\"much\"}",
                "{\"left\":\"1e5\"}",
                "{\"left\":1e99}",
                "{\"left\":{\"a\":1}}",
                "{\"left\":\"99999999999999999999999999999999999999999999999999\"}",
                "{\"code\":30001,\"message\":\"no such user\"}"
            })
    void whatIsNoAmountIsAFaultOfTheUpstream(String answer) {
        FlowRun<Balance> run = ask(own("{'path':'me','left':'/left'}"), "https://a.example", answer);

        assertThat(run.events()).isEmpty();
        assertThat(run.fault()).isNotNull();
        assertThat(run.fault().kind()).isIn(FaultKind.UPSTREAM, FaultKind.BAD_REQUEST, FaultKind.QUOTA);
    }

    @Test
    void aListWithoutBalancesIsAFault() {
        ChannelType acme = own("{'path':'me','list':'/all','left':'/left'}");

        for (String answer : List.of("{\"all\":[]}", "{\"all\":{}}", "{\"all\":[{\"left\":1},{}]}")) {
            assertThat(ask(acme, "https://a.example", answer).fault())
                    .as(answer)
                    .isNotNull();
        }
    }

    @Test
    void vendorsWithAnAccountOfferItForEachModelAndOthersForNone() {
        List<String> offering = FAMILY.members().stream()
                .filter(type -> type.offer(
                                "any",
                                TestChannel.builder(type.descriptor(), "one").build())
                        .has(Capability.BALANCE))
                .map(type -> type.descriptor().id())
                .toList();

        assertThat(offering).containsExactlyInAnyOrder("deepseek", "moonshot", "siliconflow", "openrouter");
    }

    @Test
    void aVendorWithoutAnAccountIsNotAsked() {
        FlowRun<Balance> run = ask(shipped("groq"), "", "{}");

        assertThat(run.sent()).isEmpty();
        assertThat(run.fault().kind()).isEqualTo(FaultKind.UNSUPPORTED);
    }
}
