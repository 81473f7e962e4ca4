package io.patchbay.billing.code;

import static io.patchbay.billing.code.CodeFixture.attempt;
import static io.patchbay.billing.code.CodeFixture.inParallel;
import static io.patchbay.billing.code.CodeFixture.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.billing.Credits;
import io.patchbay.billing.ledger.Balance;
import io.patchbay.billing.ledger.LedgerEntry;
import io.patchbay.billing.testing.LedgerFixture;
import io.patchbay.foundation.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class UseCodeTest {
    private static final String INVITATION_USED = "failed to use invitation: this invitation has been used";
    private static final String REDEEM_USED = "failed to use redeem code: this redeem code has been used";
    private static final String SAME_TYPE = "failed to use invitation: you have already used a code of this type";
    private static final String SAME_CODE = "failed to use redeem code: you have already used this redeem code";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void aCodeIsCreditedAndWrittenDown(TestDatabase kind) {
        try (CodeFixture test = new CodeFixture(kind, folder)) {
            CodeBatch batch = test.codes.generate(order(CodeKind.GIFT, "spring", 5, 1, 1, null), "chief");

            assertThat(test.invite(batch.codes().getFirst(), 7)).isEqualTo("ok 5");
            assertThat(test.redeem(test.redeem(3, 1), 7)).isEqualTo("ok 3");

            assertThat(test.owned(7)).isEqualTo(8);
            List<LedgerEntry> lines = test.money.ledger().entries(7, Long.MAX_VALUE, 10);
            assertThat(lines)
                    .extracting(LedgerEntry::kind)
                    .containsExactly(LedgerEntry.Kind.REDEEM, LedgerEntry.Kind.GIFT);
            assertThat(lines).extracting(LedgerEntry::actor).containsOnly("7:user7");
            assertThat(lines.getLast().reason()).isEqualTo("invitation code of type spring, batch " + batch.id());
            assertThat(lines.getLast().micro()).isEqualTo(5_000_000);
            assertThat(test.money.violations()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aUsedCodeIsRefused(TestDatabase kind) {
        try (CodeFixture test = new CodeFixture(kind, folder)) {
            String gift = test.gift("spring", 5);
            String sold = test.redeem(3, 1);
            test.invite(gift, 7);
            test.redeem(sold, 7);

            assertThat(test.invite(gift, 8)).isEqualTo(INVITATION_USED);
            assertThat(test.invite(gift, 7)).isEqualTo(INVITATION_USED);
            assertThat(test.redeem(sold, 8)).isEqualTo(REDEEM_USED);
            assertThat(test.redeem(sold, 7)).isEqualTo(REDEEM_USED);
            assertThat(test.owned(7)).isEqualTo(8);
            assertThat(test.money.number("SELECT COUNT(*) FROM credit_account")).isOne();
            assertThat(test.money.violations()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aUserGetsOneGiftOfAType(TestDatabase kind) {
        try (CodeFixture test = new CodeFixture(kind, folder)) {
            String second = test.gift("spring", 9);
            assertThat(test.invite(test.gift("spring", 5), 7)).isEqualTo("ok 5");

            assertThat(test.invite(second, 7)).isEqualTo(SAME_TYPE);
            assertThat(test.invite(test.gift("Spring", 2), 7))
                    .as("another type")
                    .isEqualTo("ok 2");
            assertThat(test.invite(second, 8)).as("the refusal spent nothing").isEqualTo("ok 9");
            assertThat(test.owned(7)).isEqualTo(7);
            assertThat(test.money.violations()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCodeForManyIsForEachOfThemOnce(TestDatabase kind) {
        try (CodeFixture test = new CodeFixture(kind, folder)) {
            String code = test.redeem(4, 2);

            assertThat(test.redeem(code, 7)).isEqualTo("ok 4");
            assertThat(test.redeem(code, 7)).isEqualTo(SAME_CODE);
            assertThat(test.redeem(code, 8)).isEqualTo("ok 4");
            assertThat(test.redeem(code, 9)).isEqualTo(REDEEM_USED);
            assertThat(test.redeem(test.redeem(1, 1), 7)).as("another code").isEqualTo("ok 1");
            assertThat(test.money.violations()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void textsAreComparedExactly(TestDatabase kind) {
        try (CodeFixture test = new CodeFixture(kind, folder)) {
            String gift = test.gift("spring", 5);
            String sold = test.redeem(3, 1);

            for (String wrong : List.of(
                    gift.toUpperCase(Locale.ROOT),
                    gift + " ",
                    " " + gift,
                    gift + "x",
                    sold,
                    "",
                    "%",
                    "x".repeat(65),
                    "ſ")) {
                assertThat(test.invite(wrong, 7)).as(wrong).isEqualTo("invitation code not found");
            }
            for (String wrong : List.of(sold.toUpperCase(Locale.ROOT), sold + " ", gift, "nio-%", "nío")) {
                assertThat(test.redeem(wrong, 7)).as(wrong).isEqualTo("redeem code not found");
            }
            assertThat(test.money.number("SELECT COUNT(*) FROM credit_code_use"))
                    .isZero();
            assertThat(test.money.number("SELECT COUNT(*) FROM credit_account")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCodeEndsAtItsTime(TestDatabase kind) {
        try (CodeFixture test = new CodeFixture(kind, folder)) {
            Instant end = test.money.clock().instant().plus(Duration.ofMinutes(1));
            List<String> gifts = test.codes
                    .generate(order(CodeKind.GIFT, "spring", 5, 2, 1, end), "chief")
                    .codes();
            List<String> sold = test.codes
                    .generate(order(CodeKind.REDEEM, null, 5, 2, 1, end), "chief")
                    .codes();

            test.money.clock().advance(Duration.ofMinutes(1).minusMillis(1));
            assertThat(test.invite(gifts.get(0), 7)).isEqualTo("ok 5");
            assertThat(test.redeem(sold.get(0), 7)).isEqualTo("ok 5");

            test.money.clock().advance(Duration.ofMillis(1));
            assertThat(test.invite(gifts.get(1), 8)).isEqualTo("failed to use invitation: this invitation has expired");
            assertThat(test.redeem(sold.get(1), 8))
                    .isEqualTo("failed to use redeem code: this redeem code has expired");
            assertThat(test.invite(gifts.get(0), 8)).isEqualTo(INVITATION_USED);
            assertThat(test.money.violations()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAccountThatCannotHoldMoreLosesNoCode(TestDatabase kind) throws Exception {
        try (CodeFixture test = new CodeFixture(kind, folder)) {
            String code = test.redeem(Credits.MAX_MICRO / CodeFixture.CREDIT, 1);
            inParallel(IntStream.range(0, 1_000)
                    .<Callable<Balance>>mapToObj(i -> () ->
                            test.money.ledger().credit(7, Credits.MAX_MICRO, LedgerFixture.ADMIN, "as much as fits"))
                    .toList());

            assertThat(test.redeem(code, 7)).isEqualTo("the balance would leave the range that an account can hold");

            assertThat(test.money.number("SELECT SUM(uses) FROM credit_code")).isZero();
            assertThat(test.money.number("SELECT COUNT(*) FROM credit_code_use"))
                    .isZero();
            assertThat(test.money.violations()).isEmpty();
            assertThat(test.redeem(code, 8)).isEqualTo("ok 1000000000");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aThousandParallelAttemptsAtOneCodeGiveOneCredit(TestDatabase kind) throws Exception {
        try (CodeFixture test = new CodeFixture(kind, folder)) {
            String code = test.redeem(5, 1);

            List<String> answers = inParallel(IntStream.range(0, 1_000)
                    .<Callable<String>>mapToObj(i -> () -> test.redeem(code, 1 + i % 50))
                    .toList());

            assertThat(answers).filteredOn("ok 5"::equals).hasSize(1);
            assertThat(answers).filteredOn(REDEEM_USED::equals).hasSize(999);
            assertThat(test.money.number("SELECT SUM(micro) FROM ledger_entry")).isEqualTo(5_000_000);
            assertThat(test.money.number("SELECT SUM(balance) FROM credit_account"))
                    .isEqualTo(5_000_000);
            assertThat(test.money.violations()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void parallelAttemptsAtACodeForThirtyServeThirtyUsersOnce(TestDatabase kind) throws Exception {
        try (CodeFixture test = new CodeFixture(kind, folder)) {
            String code = test.redeem(5, 30);

            List<String> answers = inParallel(IntStream.range(0, 1_000)
                    .<Callable<String>>mapToObj(i -> () -> test.redeem(code, 1 + i % 50))
                    .toList());

            assertThat(answers).filteredOn("ok 5"::equals).hasSize(30);
            assertThat(answers).isSubsetOf("ok 5", REDEEM_USED, SAME_CODE);
            assertThat(test.money.number("SELECT COUNT(*) FROM credit_account WHERE balance = 5000000"))
                    .isEqualTo(30);
            assertThat(test.money.violations()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void parallelCodesOfOneTypeGiveAUserOneGift(TestDatabase kind) throws Exception {
        try (CodeFixture test = new CodeFixture(kind, folder)) {
            List<String> gifts = test.codes
                    .generate(order(CodeKind.GIFT, "spring", 5, 200, 1, null), "chief")
                    .codes();

            List<String> answers = inParallel(IntStream.range(0, 200)
                    .<Callable<String>>mapToObj(i -> () -> test.invite(gifts.get(i), 7))
                    .toList());

            assertThat(answers).filteredOn("ok 5"::equals).hasSize(1);
            assertThat(answers).filteredOn(SAME_TYPE::equals).hasSize(199);
            assertThat(test.money.violations()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void usesAndCallsShareTransactionsInPeace(TestDatabase kind) throws Exception {
        try (CodeFixture test = new CodeFixture(kind, folder)) {
            List<String> codes = test.codes
                    .generate(order(CodeKind.REDEEM, null, 5, 100, 1, null), "chief")
                    .codes();
            test.money.credit(7, 1_000 * CodeFixture.CREDIT);

            List<String> answers = inParallel(IntStream.range(0, 400)
                    .<Callable<String>>mapToObj(i -> () -> {
                        if (i % 4 == 0) {
                            return test.redeem(codes.get(i / 4), 7);
                        }
                        test.money.reserve("r" + i, 7, CodeFixture.CREDIT);
                        test.money
                                .ledger()
                                .settle("r" + i, LedgerFixture.settlement(CodeFixture.CREDIT))
                                .join();
                        return "called";
                    })
                    .toList());

            assertThat(answers).filteredOn("ok 5"::equals).hasSize(100);
            assertThat(test.owned(7)).isEqualTo(1_000 + 100 * 5 - 300);
            assertThat(test.money.violations()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void noCodeReachesTheLogOrTheAuditLogOrTheLedger(TestDatabase kind) throws Exception {
        try (CodeFixture test = new CodeFixture(kind, folder);
                LogEar log = new LogEar()) {
            CodeBatch gifts = test.codes.generate(order(CodeKind.GIFT, "spring", 5, 3, 2, null), "chief");
            CodeBatch sold = test.codes.generate(order(CodeKind.REDEEM, null, 5, 3, 2, null), "chief");
            inParallel(IntStream.range(0, 60)
                    .<Callable<String>>mapToObj(i -> () -> i % 2 == 0
                            ? test.invite(gifts.codes().get(i % 3), i % 7)
                            : attempt(test.codes, CodeKind.REDEEM, sold.codes().get(i % 3), i % 7))
                    .toList());
            String unused = test.redeem(1, 1);
            test.codes.delete(CodeKind.REDEEM, unused, "chief");
            List<CodeRow> rows = test.codes.ofBatch(CodeKind.GIFT, gifts.id(), "");

            StringBuilder told =
                    new StringBuilder(log.text()).append(gifts).append(sold).append(rows);
            test.audit.newest(Long.MAX_VALUE, 100).forEach(told::append);
            for (int user = 0; user < 7; user++) {
                told.append(test.money.ledger().entries(user, Long.MAX_VALUE, 100));
            }

            assertThat(told.toString())
                    .contains(gifts.id())
                    .contains("code.delete")
                    .doesNotContain(unused);
            gifts.codes().forEach(code -> assertThat(told.toString()).doesNotContain(code));
            sold.codes().forEach(code -> assertThat(told.toString()).doesNotContain(code));
        }
    }
}
