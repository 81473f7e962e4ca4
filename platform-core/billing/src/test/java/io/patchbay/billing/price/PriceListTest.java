package io.patchbay.billing.price;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class PriceListTest {
    @Test
    void theFirstRuleThatNamesAModelWins() {
        PriceList list = list(rule(2, "1", "a", "b"), rule(1, "2", "b", "c"));

        assertThat(find(list, "b").orElseThrow().rule().id()).isEqualTo(2);
        assertThat(find(list, "c").orElseThrow().rule().id()).isEqualTo(1);
        assertThat(find(list, "B")).isEmpty();
        assertThat(find(list, "a").orElseThrow().version()).isEqualTo(7);
    }

    @Test
    void minusOneAddsWithTheNextNumber() {
        assertThat(list().set(rule(-1, "1", "a"))).containsExactly(rule(1, "1", "a"));
        assertThat(list(rule(5, "1", "a")).set(rule(-1, "1", "b")))
                .containsExactly(rule(5, "1", "a"), rule(6, "1", "b"));
    }

    @Test
    void setReplacesInPlaceAndIgnoresUnknownNumbers() {
        PriceList list = list(rule(5, "1", "a"), rule(6, "1", "b"));

        assertThat(list.set(rule(5, "9", "c"))).containsExactly(rule(5, "9", "c"), rule(6, "1", "b"));
        assertThat(list.set(rule(4, "9", "c"))).isEqualTo(list.rules());
    }

    @Test
    void deleteIgnoresUnknownNumbers() {
        PriceList list = list(rule(5, "1", "a"), rule(6, "1", "b"));

        assertThat(list.delete(5)).containsExactly(rule(6, "1", "b"));
        assertThat(list.delete(9)).isEqualTo(list.rules());
    }

    @Test
    void syncWithoutOverwriteAddsOnlyModelsWithoutAPrice() {
        PriceList list = list(rule(1, "1", "a", "b"));

        assertThat(list.addMissing(List.of(rule(1, "2", "b", "c"), rule(2, "3", "a"), rule(3, "4", "c", "d"))))
                .containsExactly(rule(1, "1", "a", "b"), rule(2, "2", "c"), rule(3, "4", "d"));
    }

    @Test
    void syncWithOverwriteTakesModelsOutOfTheFirstRuleThatNamesThem() {
        PriceList list = list(rule(1, "1", "a", "b"), rule(2, "1", "c"), rule(3, "1", "b"));

        assertThat(list.overwrite(List.of(rule(8, "2", "b", "c"), rule(9, "3"))))
                .containsExactly(rule(1, "1", "a"), rule(3, "1", "b"), rule(4, "2", "b", "c"));
    }

    @Property
    void syncWithoutOverwriteNeverChangesAPrice(
            @ForAll("rules") List<PriceRule> before, @ForAll("rules") List<PriceRule> incoming) {
        PriceList list = new PriceList(1, before);
        PriceList after = new PriceList(2, list.addMissing(incoming));

        for (String model : List.of("a", "b", "c", "d")) {
            find(list, model)
                    .ifPresentOrElse(
                            price -> assertThat(find(after, model).orElseThrow().rule())
                                    .isEqualTo(price.rule()),
                            () -> assertThat(find(after, model)
                                            .map(price -> price.rule().output()))
                                    .isEqualTo(incoming.stream()
                                            .filter(rule -> rule.models().contains(model))
                                            .map(PriceRule::output)
                                            .findFirst()));
        }
    }

    @Property
    void numbersStayUnique(@ForAll("rules") List<PriceRule> incoming, @ForAll("rules") List<PriceRule> more) {
        PriceList first = new PriceList(1, PriceList.EMPTY.overwrite(incoming));
        PriceList second = new PriceList(2, first.overwrite(more));

        assertThat(second.rules()).extracting(PriceRule::id).doesNotHaveDuplicates();
    }

    @Provide
    Arbitrary<List<PriceRule>> rules() {
        Arbitrary<List<String>> models =
                Arbitraries.of("a", "b", "c", "d").list().ofMaxSize(3);
        Arbitrary<PriceRule> rule = net.jqwik.api.Combinators.combine(
                        models, Arbitraries.integers().between(1, 9))
                .as((names, price) ->
                        new PriceRule(-1, "times-billing", names, BigDecimal.ZERO, BigDecimal.valueOf(price), false));
        return rule.list().ofMaxSize(4).map(list -> {
            List<PriceRule> numbered = new java.util.ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                numbered.add(list.get(i).withId(i + 1));
            }
            return numbered;
        });
    }

    private static Optional<Price> find(PriceList list, String model) {
        return list.find(model, "", Instant.EPOCH);
    }

    private static PriceList list(PriceRule... rules) {
        return new PriceList(7, List.of(rules));
    }

    private static PriceRule rule(long id, String output, String... models) {
        return new PriceRule(id, "times-billing", List.of(models), BigDecimal.ZERO, new BigDecimal(output), false);
    }
}
