package io.patchbay.billing.code;

import static io.patchbay.billing.code.CodeFixture.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.groups.Tuple.tuple;

import io.patchbay.accounts.AuditLog;
import io.patchbay.billing.Credits;
import io.patchbay.foundation.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CodesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void tenThousandCodesAreDistinctCompleteAndQuick(TestDatabase kind) {
        try (CodeFixture test = new CodeFixture(kind, folder)) {
            long begun = System.nanoTime();
            CodeBatch batch = test.codes.generate(order(CodeKind.REDEEM, null, 5, 10_000, 3, null), "chief");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));

            assertThat(new HashSet<>(batch.codes())).hasSize(10_000);
            assertThat(batch.codes()).allMatch(code -> code.matches("nio-[a-zA-Z0-9]{32}"));
            List<CodeRow> rows = all(after -> test.codes.ofBatch(CodeKind.REDEEM, batch.id(), after));
            assertThat(rows).extracting(CodeRow::code).containsExactlyInAnyOrderElementsOf(batch.codes());
            assertThat(rows)
                    .allMatch(row -> row.micro() == 5_000_000
                            && row.maxUses() == 3
                            && row.uses() == 0
                            && row.type() == null
                            && row.expiresAt() == null
                            && row.createdAt().equals(batch.createdAt()));
            assertThat(test.money.number("SELECT COUNT(*) FROM credit_code WHERE created_by = 'chief'"))
                    .isEqualTo(10_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void giftCodesBeginWithTheirType(TestDatabase kind) {
        try (CodeFixture test = new CodeFixture(kind, folder)) {
            Instant end = test.money.clock().instant().plus(Duration.ofDays(30));
            CodeBatch batch = test.codes.generate(order(CodeKind.GIFT, "A-b_9", 5, 50, 1, end), "chief");

            assertThat(batch.codes()).allMatch(code -> code.matches("A-b_9-[a-zA-Z0-9]{24}"));
            assertThat(test.codes.ofBatch(CodeKind.GIFT, batch.id(), ""))
                    .hasSize(50)
                    .allMatch(row -> "A-b_9".equals(row.type()) && end.equals(row.expiresAt()));
            assertThat(test.codes.ofBatch(CodeKind.REDEEM, batch.id(), "")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyUseOfAdministrationIsInTheAuditLog(TestDatabase kind) {
        try (CodeFixture test = new CodeFixture(kind, folder)) {
            Instant end = Instant.parse("2031-01-01T00:00:00Z");
            CodeBatch batch = test.codes.generate(order(CodeKind.GIFT, "spring", 5, 2, 3, end), "chief");
            test.codes.delete(CodeKind.GIFT, batch.codes().getFirst(), "deputy");

            assertThat(test.audit.newest(Long.MAX_VALUE, 10))
                    .extracting(
                            AuditLog.Entry::actor,
                            AuditLog.Entry::action,
                            AuditLog.Entry::subject,
                            AuditLog.Entry::detail)
                    .containsExactly(
                            tuple("deputy", "code.delete", "batch " + batch.id(), "one invitation code"),
                            tuple(
                                    "chief",
                                    "code.generate",
                                    "batch " + batch.id(),
                                    "2 invitation codes of type spring of 5 credits, 3 uses each, until"
                                            + " 2031-01-01T00:00:00Z"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyUnusedCodesAreDeleted(TestDatabase kind) {
        try (CodeFixture test = new CodeFixture(kind, folder)) {
            String unused = test.redeem(5, 1);
            String used = test.redeem(5, 2);
            test.redeem(used, 7);

            test.codes.delete(CodeKind.REDEEM, unused, "chief");

            assertThat(test.redeem(unused, 8)).isEqualTo("redeem code not found");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> test.codes.delete(CodeKind.REDEEM, unused, "chief"))
                    .withMessage("redeem code not found");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> test.codes.delete(CodeKind.GIFT, used, "chief"))
                    .withMessage("invitation code not found");
            assertThat(test.redeem(used, 8)).isEqualTo("ok 5");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> test.codes.delete(CodeKind.REDEEM, used, "chief"))
                    .withMessage("this redeem code has been used; it is kept, because the ledger speaks of it");
            assertThat(test.money.violations()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCodeForManyIsStoppedOnceSomebodyHasUsedIt(TestDatabase kind) {
        try (CodeFixture test = new CodeFixture(kind, folder)) {
            String leaked = test.redeem(5, 1_000);
            test.redeem(leaked, 7);

            test.codes.delete(CodeKind.REDEEM, leaked, "chief");

            assertThat(test.redeem(leaked, 8)).contains("expired");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> test.codes.delete(CodeKind.REDEEM, leaked, "chief"))
                    .withMessage("this redeem code has been used; it is kept, because the ledger speaks of it");
            CodePage page = test.codes.page(new CodeFilter(CodeKind.REDEEM, "", null), 0, 10);
            assertThat(page.rows())
                    .singleElement()
                    .satisfies(row -> assertThat(row.uses()).isEqualTo(1));
            assertThat(test.money.violations()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void listsAreNewestFirstAndTellTheLastUse(TestDatabase kind) {
        try (CodeFixture test = new CodeFixture(kind, folder)) {
            Instant start = test.money.clock().instant();
            String old = test.redeem(1, 3);
            test.money.clock().advance(Duration.ofMinutes(1));
            String fresh = test.redeem(2, 1);
            test.gift("spring", 3);
            test.redeem(old, 9);
            test.money.clock().advance(Duration.ofMinutes(1));
            test.redeem(old, 7);

            CodePage page = test.codes.page(new CodeFilter(CodeKind.REDEEM, "", null), 0, 10);

            assertThat(page.total()).isEqualTo(2);
            assertThat(page.rows()).extracting(CodeRow::code).containsExactly(fresh, old);
            CodeRow row = page.rows().getLast();
            assertThat(row.uses()).isEqualTo(2);
            assertThat(row.usedUp()).isFalse();
            assertThat(row.createdAt()).isEqualTo(start);
            assertThat(row.usedAt()).isEqualTo(start.plus(Duration.ofMinutes(2)));
            assertThat(row.usedBy()).isEqualTo(7);
            assertThat(page.rows().getFirst().usedBy()).isNull();
            assertThat(page.rows().getFirst().usedAt()).isNull();
            assertThat(test.codes
                            .page(new CodeFilter(CodeKind.REDEEM, "", null), 1, 10)
                            .rows())
                    .extracting(CodeRow::code)
                    .containsExactly(old);
        }
    }

    @ParameterizedTest
    @EnumSource
    void listsAreSearchedByTheBeginningOfCodeOrBatch(TestDatabase kind) {
        try (CodeFixture test = new CodeFixture(kind, folder)) {
            CodeBatch spring = test.codes.generate(order(CodeKind.GIFT, "spring", 5, 12, 1, null), "chief");
            CodeBatch summer = test.codes.generate(order(CodeKind.GIFT, "summer", 5, 3, 1, null), "chief");
            String code = summer.codes().getFirst();
            test.invite(code, 7);

            assertThat(found(test, "", null)).isEqualTo(15);
            assertThat(found(test, "s", null)).isEqualTo(15);
            assertThat(found(test, "spring-", null)).isEqualTo(12);
            assertThat(found(test, spring.id(), null)).isEqualTo(12);
            assertThat(found(test, code, null)).isOne();
            assertThat(found(test, code.toUpperCase(Locale.ROOT), null)).isZero();
            for (String nothing : List.of("%", "s_", "pring", "sommer", "春", "s p", "x".repeat(65))) {
                assertThat(found(test, nothing, null)).as(nothing).isZero();
            }
            assertThat(found(test, "", true)).isOne();
            assertThat(found(test, "", false)).isEqualTo(14);
            assertThat(found(test, "spring", true)).isZero();
            assertThat(test.codes
                            .page(new CodeFilter(CodeKind.GIFT, "", true), 0, 10)
                            .rows())
                    .extracting(CodeRow::code)
                    .containsExactly(code);
            assertThat(test.codes
                            .page(new CodeFilter(CodeKind.REDEEM, "", null), 0, 10)
                            .total())
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void unusedCodesAreReadPartByPart(TestDatabase kind) {
        try (CodeFixture test = new CodeFixture(kind, folder)) {
            List<String> made = new ArrayList<>();
            made.addAll(test.codes
                    .generate(order(CodeKind.REDEEM, null, 5, 1_500, 1, null), "chief")
                    .codes());
            made.addAll(test.codes
                    .generate(order(CodeKind.REDEEM, null, 5, 700, 2, null), "chief")
                    .codes());
            test.gift("spring", 5);
            test.redeem(made.removeFirst(), 7);
            test.redeem(made.getLast(), 7); // one use is left

            List<CodeRow> rows = all(after -> test.codes.unused(CodeKind.REDEEM, after));

            assertThat(rows).extracting(CodeRow::code).containsExactlyInAnyOrderElementsOf(made);
            assertThat(test.codes.unused(CodeKind.REDEEM, "")).hasSize(Codes.PAGE);
        }
    }

    @Test
    void ordersThatMakeNoSenseAreRefused() {
        refused("type must have 1 to 32 of the characters A-Z, a-z, 0-9, _ and -", CodeKind.GIFT, null, 1, 1, 1);
        for (String type : new String[] {"", " ", "a b", "ä", "x".repeat(33)}) {
            refused("type must have 1 to 32", CodeKind.GIFT, type, 1, 1, 1);
        }
        refused("quota must be at least 0.000001 and at most 1000000000 credits", CodeKind.REDEEM, null, 0, 1, 1);
        refused("quota must be at least", CodeKind.REDEEM, null, -5, 1, 1);
        refused("quota must be at least", CodeKind.REDEEM, null, Credits.MAX_MICRO + 1, 1, 1);
        refused("number must be a whole number from 1 to 10000, is 0", CodeKind.REDEEM, null, 1, 0, 1);
        refused("number must be a whole number from 1 to 10000, is 10001", CodeKind.REDEEM, null, 1, 10_001, 1);
        refused("max_uses must be a whole number from 1 to 1000000, is 0", CodeKind.REDEEM, null, 1, 1, 0);
        refused("max_uses must be a whole number from 1 to 1000000", CodeKind.REDEEM, null, 1, 1, 1_000_001);
        assertThat(new CodeOrder(CodeKind.REDEEM, "ignored", 1, 10_000, 1_000_000, null).type())
                .isNull();
    }

    private static void refused(
            String sentence, CodeKind kind, @Nullable String type, long micro, long number, long maxUses) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CodeOrder(kind, type, micro, number, maxUses, null))
                .withMessageStartingWith(sentence);
    }

    private static long found(CodeFixture test, String search, @Nullable Boolean used) {
        CodePage page = test.codes.page(new CodeFilter(CodeKind.GIFT, search, used), 0, 100);
        assertThat(page.rows()).hasSize(Math.toIntExact(page.total()));
        return page.total();
    }

    /** Reads all parts, each after the last code of the part before. */
    private static List<CodeRow> all(Function<String, List<CodeRow>> next) {
        List<CodeRow> rows = new ArrayList<>();
        for (List<CodeRow> part = next.apply("");
                !part.isEmpty();
                part = next.apply(part.getLast().code())) {
            rows.addAll(part);
        }
        return rows;
    }
}
