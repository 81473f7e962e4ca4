package io.patchbay.billing.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.billing.ledger.PlanUnit;
import io.patchbay.foundation.json.Json;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PlanSettingsTest {
    @Test
    void theJsonIsThatOfTheOriginalWithTwoMembersMore() throws Exception {
        String json = """
                {"enabled":true,"plans":[{"level":1,"price":9.90,"items":[{"id":"chat","name":"Chat","icon":"bolt",\
                "value":100,"models":["gpt-4o","gpt-4o-mini"]},{"id":"draw","name":"","icon":"","value":-1,"models":[]}],\
                "discounts":{"1":1,"3":0.95,"6":0.9,"12":0.75,"36":0.5}}],"relay_plan":true,"zone":"Asia/Shanghai"}""";

        PlanSettings read = Json.read(json, PlanSettings.class);

        assertThat(read.plan(1).orElseThrow().item("gpt-4o-mini"))
                .contains(read.plans().getFirst().items().getFirst());
        assertThat(read.plan(1).orElseThrow().items().get(1).value()).isEqualTo(PlanUnit.UNLIMITED);
        assertThat(read.relayPlan()).isTrue();
        assertThat(Json.write(read)).isEqualTo(json);
        assertThat(Json.read(Json.write(read), PlanSettings.class)).isEqualTo(read);
    }

    @Test
    void whatAnOlderSiteDoesNotTellHasAMeaning() throws Exception {
        PlanSettings read = Json.read(
                "{\"enabled\":true,\"plans\":[{\"level\":2,\"price\":5,\"items\":null},{\"level\":1,\"price\":1}]}",
                PlanSettings.class);

        assertThat(read.plans()).extracting(Plan::level).containsExactly(1, 2);
        assertThat(read.zone()).isEqualTo("UTC");
        assertThat(read.relayPlan()).isFalse();
        assertThat(read.plans().getFirst().items()).isEmpty();
        assertThat(Json.read("{\"enabled\":false,\"plans\":null}", PlanSettings.class))
                .isEqualTo(PlanSettings.NONE);
    }

    @Test
    void aRequestIsCountedByTheFirstItemThatNamesItsModel() {
        Plan plan = PlanShop.plan(1, "1", PlanItem.of("a", 1, "x", "y"), PlanItem.of("b", 2, "y", "z"));

        assertThat(plan.item("y").map(PlanItem::id)).contains("a");
        assertThat(plan.item("z").map(PlanItem::id)).contains("b");
        assertThat(plan.item("Y")).isEmpty();
        assertThat(PlanItem.of("c", 1, " x ", "", "x").models()).containsExactly("x");
    }

    @Test
    void mistakesAreTold() {
        refused("{\"plans\":[{\"level\":0}]}", "the level of a plan must be 1, 2 or 3, is 0");
        refused("{\"plans\":[{\"level\":4}]}", "the level of a plan must be 1, 2 or 3, is 4");
        refused("{\"plans\":[{\"level\":1},{\"level\":1}]}", "two plans have the same level");
        refused("{\"plans\":[{\"level\":1,\"price\":-1}]}", "the price of plan 1 must lie between 0 and 1000000");
        refused("{\"plans\":[{\"level\":1,\"price\":1000001}]}", "the price of plan 1 must lie between 0 and 1000000");
        refused("{\"plans\":[{\"level\":1,\"price\":1e-999999}]}", "the price of plan 1 must have at most 15 decimals");
        refused("{\"plans\":[{\"level\":1,\"items\":[{\"id\":\"a\"},{\"id\":\"a\"}]}]}", "plan 1 has two items 'a'");
        refused("{\"plans\":[{\"level\":1,\"items\":[{\"id\":\" \"}]}]}", "an item of a plan has no id");
        refused(
                "{\"plans\":[{\"level\":1,\"items\":[{\"id\":\"a\",\"value\":-2}]}]}",
                "the item 'a' must have a value of -1 (unlimited) or more, has -2");
        refused(
                "{\"plans\":[{\"level\":1,\"items\":[{\"id\":\"%s\"}]}]}".formatted("x".repeat(256)),
                "the id of an item of a plan must have at most 255 characters");
        refused(
                "{\"plans\":[{\"level\":1,\"discounts\":{\"1000\":0.5}}]}",
                "a discount must be for 1 to 999 months, is for '1000'");
        refused(
                "{\"plans\":[{\"level\":1,\"discounts\":{\"12\":1.01}}]}",
                "the factor for 12 months must lie between 0 and 1, is 1.01");
        refused(
                "{\"plans\":[{\"level\":1,\"discounts\":{\"12\":null}}]}",
                "the factor for 12 months must lie between 0 and 1, is null");
        refused("{\"zone\":\"Mars\"}", "the time zone must be a name such as UTC or Asia/Shanghai, is 'Mars'");
    }

    @Test
    void discountsAreUsualUnlessNamed() {
        Plan plan = new Plan(1, BigDecimal.TEN, null, Map.of("6", new BigDecimal("0.85")));

        assertThat(plan.share(1)).isEqualByComparingTo("1");
        assertThat(plan.share(6)).isEqualByComparingTo("0.85");
        assertThat(plan.share(7)).isEqualByComparingTo("0.9");
        assertThat(plan.share(12)).isEqualByComparingTo("0.8");
        assertThat(plan.share(36)).isEqualByComparingTo("0.7");
        assertThat(plan.share(999)).isEqualByComparingTo("0.7");
    }

    private static void refused(String json, String sentence) {
        assertThatThrownBy(() -> Json.read(json, PlanSettings.class))
                .cause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sentence);
    }
}
