package io.patchbay.billing.price;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rules that begin at a moment, and what taking over a list does to them. */
final class PriceCourseTest {
    private static final Instant MAY = Instant.parse("2030-05-01T00:00:00Z");
    private static final Instant JUNE = Instant.parse("2030-06-01T00:00:00Z");
    private static final Instant JULY = Instant.parse("2030-07-01T00:00:00Z");

    @Test
    void aDatedRuleTakesOverAtItsMomentWhereverItStands() {
        for (List<PriceRule> rules : List.of(
                List.of(rule(1, "1", null, "a"), rule(2, "2", JUNE, "a")),
                List.of(rule(2, "2", JUNE, "a"), rule(1, "1", null, "a")))) {
            PriceList list = new PriceList(7, rules);

            assertThat(output(list, "a", JUNE.minusMillis(1))).contains("1");
            assertThat(output(list, "a", JUNE)).contains("2");
            assertThat(output(list, "a", JULY)).contains("2");
        }
    }

    @Test
    void theRuleThatBeganLastDecidesAndAmongEqualsTheFirst() {
        PriceList list = new PriceList(
                7,
                List.of(
                        rule(1, "1", null, "a"),
                        rule(2, "2", JULY, "a"),
                        rule(3, "3", JUNE, "a"),
                        rule(4, "4", JUNE, "a"),
                        rule(5, "5", null, "a")));

        assertThat(output(list, "a", MAY)).contains("1");
        assertThat(output(list, "a", JUNE)).contains("3");
        assertThat(output(list, "a", JULY)).contains("2");
    }

    @Test
    void aModelThatOnlyTheFutureNamesHasNoPriceYet() {
        PriceList list = new PriceList(7, List.of(rule(1, "1", JUNE, "a")));

        assertThat(output(list, "a", MAY)).isEmpty();
        assertThat(output(list, "a", JUNE)).contains("1");
    }

    @Test
    void aMomentCountsToTheMillisecondAsStoredTimesDo() {
        Instant fine = JUNE.plusNanos(1_500_000);
        PriceRule rule = rule(1, "1", fine, "a");

        assertThat(rule.effectiveFrom()).isEqualTo(JUNE.plusMillis(1));
        assertThat(rule.inForce(JUNE.plusMillis(1))).isTrue();
        assertThat(rule.inForce(JUNE)).isFalse();
    }

    @Test
    void addingKeepsTheFutureOfANewModelAndLeavesKnownModelsAlone() {
        PriceList list = new PriceList(7, List.of(rule(1, "1", null, "a")));

        assertThat(list.addMissing(List.of(
                        rule(1, "5", null, "b"),
                        rule(2, "6", JUNE, "a", "b"),
                        rule(3, "7", JUNE, "b"),
                        rule(4, "8", null, "b"))))
                .containsExactly(rule(1, "1", null, "a"), rule(2, "5", null, "b"), rule(3, "6", JUNE, "b"));
    }

    @Test
    void overwritingWithoutADateDecidesFromNowOn() {
        PriceList list = new PriceList(
                7, List.of(rule(1, "1", null, "a"), rule(2, "2", MAY, "a", "b"), rule(3, "3", JULY, "a")));

        assertThat(list.overwrite(List.of(rule(1, "9", null, "a"))))
                .containsExactly(rule(2, "2", MAY, "b"), rule(4, "9", null, "a"));
    }

    @Test
    void overwritingWithADateLeavesWhatIsBefore() {
        PriceList list =
                new PriceList(7, List.of(rule(1, "1", null, "a"), rule(2, "2", MAY, "a"), rule(3, "3", JULY, "a")));

        List<PriceRule> after = list.overwrite(List.of(rule(1, "9", JUNE, "a")));

        assertThat(after).containsExactly(rule(1, "1", null, "a"), rule(2, "2", MAY, "a"), rule(4, "9", JUNE, "a"));
        PriceList then = new PriceList(8, after);
        assertThat(output(then, "a", MAY)).contains("2");
        assertThat(output(then, "a", JULY)).contains("9");
    }

    @Test
    void overwritingKeepsTheWholeCourseOfTheIncomingList() {
        PriceList list = new PriceList(7, List.of(rule(1, "1", null, "a")));

        assertThat(list.overwrite(List.of(
                        rule(1, "5", null, "a"),
                        rule(2, "6", JULY, "a"),
                        rule(3, "7", JUNE, "a"),
                        rule(4, "8", JULY, "a"))))
                .containsExactly(rule(2, "5", null, "a"), rule(4, "7", JUNE, "a"), rule(5, "8", JULY, "a"));
    }

    @Test
    void changesAreToldModelByModel() {
        PriceList before =
                new PriceList(7, List.of(rule(1, "1", null, "same", "dearer", "gone"), rule(2, "2", JULY, "planned")));
        PriceList after = new PriceList(
                8,
                List.of(
                        rule(5, "1", null, "same"),
                        rule(6, "3", null, "dearer", "fresh"),
                        rule(7, "4", JULY, "planned"),
                        rule(8, "9", null, "same")));

        PriceChanges changes = PriceChanges.between(before, after, MAY);

        assertThat(changes.added())
                .containsExactly(new PriceChanges.Change("fresh", null, rule(0, "3", null, "fresh")));
        assertThat(changes.changed())
                .containsExactly(
                        new PriceChanges.Change("dearer", rule(0, "1", null, "dearer"), rule(0, "3", null, "dearer")),
                        new PriceChanges.Change(
                                "planned", rule(0, "2", JULY, "planned"), rule(0, "4", JULY, "planned")));
        assertThat(changes.removed())
                .containsExactly(new PriceChanges.Change("gone", rule(0, "1", null, "gone"), null));
        assertThat(changes.unchanged()).isEqualTo(1);
        assertThat(changes.affected()).isEqualTo(4);
    }

    @Test
    void aPlannedChangeThatIsDroppedIsToldAsAChange() {
        PriceList before = new PriceList(7, List.of(rule(1, "1", null, "a"), rule(2, "2", JULY, "a")));
        PriceList after = new PriceList(8, List.of(rule(1, "1", null, "a")));

        assertThat(PriceChanges.between(before, after, MAY).changed())
                .containsExactly(new PriceChanges.Change("a", rule(0, "2", JULY, "a"), null));
        assertThat(PriceChanges.between(before, after, JULY).changed())
                .containsExactly(new PriceChanges.Change("a", rule(0, "2", JULY, "a"), rule(0, "1", null, "a")));
        assertThat(PriceChanges.between(before, before, MAY))
                .isEqualTo(new PriceChanges(List.of(), List.of(), List.of(), 1, 0));
    }

    @Test
    void versionsOfTheOlderProgramAreRead() {
        PriceDocument document = PriceDocument.parse("""
                [{"id":3,"type":"token-billing","models":["a"],"input":0.5,"output":1,"anonymous":false}]""");

        assertThat(document.groups()).isEmpty();
        assertThat(document.rules())
                .containsExactly(
                        new PriceRule(3, "token-billing", List.of("a"), new BigDecimal("0.5"), BigDecimal.ONE, false));
    }

    @Test
    void aVersionComesBackAsItWasStored() {
        PriceDocument document = new PriceDocument(
                List.of(rule(1, "1", JUNE, "模型")), Map.of("pro", new BigDecimal("0.80"), "vip", BigDecimal.ZERO));

        assertThat(PriceDocument.parse(document.toJson())).isEqualTo(document);
        assertThat(PriceDocument.parse(PriceDocument.EMPTY.toJson())).isEqualTo(PriceDocument.EMPTY);
    }

    private static Optional<String> output(PriceList list, String model, Instant at) {
        return list.find(model, "", at).map(price -> price.rule().output().toPlainString());
    }

    private static PriceRule rule(long id, String output, @Nullable Instant from, String... models) {
        return new PriceRule(
                id,
                "times-billing",
                List.of(models),
                BigDecimal.ZERO,
                new BigDecimal(output),
                false,
                PartPrices.NONE,
                from);
    }
}
