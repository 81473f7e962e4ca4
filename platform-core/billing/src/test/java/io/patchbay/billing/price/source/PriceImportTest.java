package io.patchbay.billing.price.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.billing.price.DollarRate;
import io.patchbay.billing.price.PriceRule;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PriceImportTest {
    private static final String RULES = """
            [{"id":4,"type":"token-billing","models":["a"],"input":0.1,"output":0.2,"anonymous":false,"cached_input":0.05},
             {"id":7,"type":"non-billing","models":["b"],"input":0,"output":0,"anonymous":true,"more":{}}]""";

    private final Sites sites = new Sites();
    private final PriceImport prices = new PriceImport(sites);

    /** Answers as told; what it was not told, with 404. */
    private static final class Sites implements PriceSource {
        final Map<String, Fetched> answers = new HashMap<>();
        final List<String> asked = new ArrayList<>();

        void on(String address, int status, String body) {
            answers.put(address, new Fetched(status, body.getBytes(StandardCharsets.UTF_8)));
        }

        @Override
        public Fetched fetch(URI address, int maxBytes, Duration timeout) throws Unfetched {
            assertThat(maxBytes).isEqualTo(8 * 1024 * 1024);
            assertThat(timeout).isEqualTo(Duration.ofSeconds(20));
            asked.add(address.toString());
            if (address.getHost().equals("down.example.com")) {
                throw new Unfetched("could not be reached");
            }
            return answers.getOrDefault(address.toString(), new Fetched(404, new byte[0]));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://a.example.com", " https://a.example.com// ", "a.example.com"})
    void aSiteOfThisKindIsAskedBelowApi(String endpoint) {
        sites.on("https://a.example.com/api/v1/charge", 200, RULES);

        List<PriceRule> rules = prices.prices(endpoint, "", DollarRate.USUAL);

        assertThat(rules).extracting(PriceRule::models).containsExactly(List.of("a"), List.of("b"));
        assertThat(rules.getFirst().parts().cachedInput()).isEqualByComparingTo("0.05");
        assertThat(rules.getLast().anonymous()).isTrue();
        assertThat(sites.asked).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"404, ''", "200, '<html>'", "200, ''", "301, ''", "200, '{\"status\":false}'"})
    void elseItIsAskedWithoutApi(int status, String body) {
        sites.on("http://a.example.com:8094/site/api/v1/charge", status, body);
        sites.on("http://a.example.com:8094/site/v1/charge", 200, RULES);

        assertThat(prices.prices("http://a.example.com:8094/site/", "", DollarRate.USUAL))
                .hasSize(2);
        assertThat(sites.asked).hasSize(2);
    }

    @Test
    void ratiosOfNewApiBecomeCredits() {
        sites.on("https://n.example.com/api/pricing", 200, """
                {"success":true,"group_ratio":{"default":1,"vip":0.5},"data":[
                 {"model_name":"gpt-4o","quota_type":0,"model_ratio":1.25,"completion_ratio":4,"model_price":0,
                  "enable_groups":["default"],"cache_ratio":0.5,"create_cache_ratio":1.25,"image_ratio":2,
                  "audio_ratio":16,"audio_completion_ratio":2},
                 {"model_name":"mj","quota_type":1,"model_ratio":0,"model_price":0.1,"completion_ratio":0},
                 {"model_name":"plain","quota_type":0,"model_ratio":0.0357142857142857,"completion_ratio":1},
                 {"model_name":"tiers","quota_type":0,"model_ratio":1,"completion_ratio":1,"billing_expr":"p * 2"},
                 {"model_name":" ","model_ratio":1},
                 null]}""");

        List<PriceRule> rules = prices.prices("https://n.example.com", "newapi", DollarRate.USUAL);

        assertThat(rules)
                .extracting(PriceRule::models)
                .containsExactly(List.of("gpt-4o"), List.of("mj"), List.of("plain"));
        PriceRule tokens = rules.getFirst();
        // 1.25 × 0.002 dollars = 0.0025 dollars for 1,000 tokens, 0.01775 yuan, 0.1775 credits
        assertThat(tokens.type()).isEqualTo("token-billing");
        assertThat(tokens.input()).isEqualByComparingTo("0.1775");
        assertThat(tokens.output()).isEqualByComparingTo("0.71");
        assertThat(tokens.parts().cachedInput()).isEqualByComparingTo("0.08875");
        assertThat(tokens.parts().cacheWrite()).isEqualByComparingTo("0.221875");
        assertThat(tokens.parts().imageInput()).isEqualByComparingTo("0.355");
        assertThat(tokens.parts().audioInput()).isEqualByComparingTo("2.84");
        assertThat(tokens.parts().audioOutput()).isEqualByComparingTo("5.68");
        assertThat(tokens.parts().reasoning()).isNull();
        assertThat(rules.get(1).type()).isEqualTo("times-billing");
        assertThat(rules.get(1).output()).isEqualByComparingTo("7.1");
        assertThat(rules.get(1).input()).isZero();
        assertThat(rules.get(2).input()).isEqualByComparingTo("0.005071429");
        assertThat(prices.prices("n.example.com", "newapi", new DollarRate(BigDecimal.TEN))
                        .getFirst()
                        .input())
                .isEqualByComparingTo("0.25");
        assertThat(sites.asked).containsOnly("https://n.example.com/api/pricing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "<html>secret</html>",
                "{\"success\":false,\"data\":[],\"message\":\"secret\"}",
                "{\"success\":true}",
                "{\"success\":true,\"data\":\"secret\"}",
                "{\"success\":true,\"data\":[{\"model_name\":\"secret\",\"model_ratio\":1e999999999}]}",
                "{\"success\":true,\"data\":[{\"model_name\":\"secret\",\"model_ratio\":1e11}]}"
            })
    void whatIsNoPriceListOfNewApiIsToldWithItsAddressAndNotQuoted(String body) {
        sites.on("https://n.example.com/api/pricing", 200, body);

        assertThatThrownBy(() -> prices.prices("https://n.example.com", "newapi", DollarRate.USUAL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("https://n.example.com/api/pricing ")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"secret\":1}",
                "[null]",
                "[3]",
                "[{\"type\":\"secret\"}]",
                "[{\"output\":1e99}]",
                "[{\"effective_from\":\"secret\"}]",
                "[{"
            })
    void whatIsNoPriceListIsToldWithItsAddressAndNotQuoted(String body) {
        sites.on("https://a.example.com/v1/charge", 200, body);

        assertThatThrownBy(() -> prices.prices("https://a.example.com", "", DollarRate.USUAL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("https://a.example.com/v1/charge ")
                .hasMessageNotContaining("secret");
    }

    @Test
    void whyNothingCameIsToldWithTheAddress() {
        sites.on("https://a.example.com/api/pricing", 302, "");

        assertThatThrownBy(() -> prices.prices("https://down.example.com", "", DollarRate.USUAL))
                .hasMessage("https://down.example.com/api/v1/charge could not be reached");
        assertThatThrownBy(() -> prices.prices("https://b.example.com", "", DollarRate.USUAL))
                .hasMessage("https://b.example.com/v1/charge answered with status 404");
        assertThatThrownBy(() -> prices.prices("https://a.example.com", "newapi", DollarRate.USUAL))
                .hasMessage(
                        "https://a.example.com/api/pricing answered with status 302, which leads elsewhere; enter the"
                                + " address it leads to");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://a.example.com",
                "file:///etc/passwd",
                "https://user:word@a.example.com",
                "https://a.example.com/?q=1",
                "https://a.example.com/#x",
                "https://",
                "a b",
                "https://a.example.com:port"
            })
    void whatIsNoAddressOfASiteIsNotAsked(String endpoint) {
        assertThatThrownBy(() -> prices.prices(endpoint, "", DollarRate.USUAL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the address of a site must look like https://prices.example.com");
        assertThat(sites.asked).isEmpty();
    }

    @Test
    void unknownSystemsAreRefused() {
        assertThatThrownBy(() -> prices.prices("https://a.example.com", "oneapi", DollarRate.USUAL))
                .hasMessage("the system 'oneapi' is unknown; it must be empty or newapi");
        assertThatThrownBy(() -> prices.prices("https://" + "a".repeat(1_000) + ".com", "", DollarRate.USUAL))
                .hasMessage("the address of the site has more than 1000 characters");
        assertThat(sites.asked).isEmpty();
    }
}
