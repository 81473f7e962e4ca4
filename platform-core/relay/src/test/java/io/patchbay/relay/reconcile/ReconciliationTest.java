package io.patchbay.relay.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.patchbay.foundation.testing.TestDatabase;
import io.patchbay.relay.reconcile.ReconcileReport.Difference;
import io.patchbay.relay.reconcile.ReconcileReport.Line;
import io.patchbay.relay.reconcile.ReconcileReport.Verdict;
import io.patchbay.relay.reconcile.ReconcileWorld.Call;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ReconciliationTest {
    private static final String HEAD = "date,model,requests,input,output\n";

    @TempDir
    private Path folder;

    private static String verdicts(ReconcileReport report) {
        return String.join(
                "\n",
                report.lines().stream()
                        .map(line -> line.day() + " " + line.model() + " "
                                + line.verdict().label())
                        .toList());
    }

    /** Two calls on either side of midnight in Shanghai, which is 16:00 in UTC. */
    private static void aroundMidnight(ReconcileWorld world) {
        world.store(
                Call.of("gpt-4o", "2030-03-09T15:59:59.999Z", 1_000, 1_000),
                Call.of("gpt-4o", "2030-03-09T16:00:00Z", 10, 20),
                Call.of("gpt-4o", "2030-03-10T15:59:59.999Z", 30, 40).ended("left", 1),
                Call.of("gpt-4o", "2030-03-10T16:00:00Z", 500, 600),
                Call.of("o1", "2030-03-10T12:00:00Z", 7, 8).ended("broken", 2),
                Call.of("gpt-4o", "2030-03-11T16:00:00Z", 1_000, 1_000));
    }

    @ParameterizedTest
    @EnumSource
    void anExportThatAgreesIsToldSoWithDaysOfTheZone(TestDatabase kind) {
        try (ReconcileWorld world = new ReconcileWorld(kind, folder)) {
            aroundMidnight(world);

            ReconcileReport report = world.report(
                    "Asia/Shanghai",
                    "0",
                    HEAD + "2030-03-10,gpt-4o,2,40,60\n2030-03-10,o1,1,7,8\n2030-03-11,gpt-4o,1,500,600\n");

            assertThat(verdicts(report))
                    .isEqualTo("2030-03-10 gpt-4o agrees\n2030-03-10 o1 agrees\n2030-03-11 gpt-4o agrees");
            assertThat(report.agrees()).isTrue();
            assertThat(report.lines().getFirst().ours()).isEqualTo(new OurUsage(2, 40, 60, 8, 3_000_000, 0));
            assertThat(report.totals().ours()).isEqualTo(new OurUsage(4, 547, 668, 16, 6_000_000, 0));
            assertThat(report.totals().theirs()).isEqualTo(new TheirUsage(4L, 547L, 668L, null, null));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSameExportIsFoundWrongWhenDaysAreThoseOfAnotherZone(TestDatabase kind) {
        try (ReconcileWorld world = new ReconcileWorld(kind, folder)) {
            aroundMidnight(world);

            ReconcileReport report = world.report(
                    "UTC", "0", HEAD + "2030-03-10,gpt-4o,2,40,60\n2030-03-10,o1,1,7,8\n2030-03-11,gpt-4o,1,500,600\n");

            assertThat(verdicts(report))
                    .isEqualTo("2030-03-10 gpt-4o differs\n2030-03-10 o1 agrees\n2030-03-11 gpt-4o differs");
            assertThat(report.lines().getFirst().ours().input()).isEqualTo(530);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSeededDifferenceIsFoundAndNamed(TestDatabase kind) {
        try (ReconcileWorld world = new ReconcileWorld(kind, folder)) {
            Random random = new Random(11);
            StringBuilder export = new StringBuilder(HEAD);
            for (int day = 1; day <= 5; day++) {
                for (String model : List.of("a", "b", "c")) {
                    long input = 0;
                    long output = 0;
                    int calls = 1 + random.nextInt(4);
                    for (int call = 0; call < calls; call++) {
                        int in = random.nextInt(1_000);
                        int out = random.nextInt(1_000);
                        world.store(Call.of(model, "2030-03-0" + day + "T0" + call + ":30:00Z", in, out));
                        input += in;
                        output += out;
                    }
                    long billed = day == 3 && model.equals("b") ? output + 1 : output;
                    export.append("2030-03-0" + day + "," + model + "," + calls + "," + input + "," + billed + "\n");
                }
            }

            ReconcileReport report = world.report("UTC", "0", export.toString());

            List<Line> wrong = report.lines().stream()
                    .filter(line -> line.verdict() != Verdict.AGREES)
                    .toList();
            assertThat(report.lines()).hasSize(15);
            assertThat(report.agrees()).isFalse();
            assertThat(wrong).singleElement().satisfies(line -> {
                assertThat(line.day()).isEqualTo("2030-03-03");
                assertThat(line.model()).isEqualTo("b");
                assertThat(line.verdict()).isEqualTo(Verdict.DIFFERS);
                assertThat(line.difference()).isEqualTo(new Difference(0L, 0L, -1L));
            });
            assertThat(report.totals().verdicts())
                    .containsEntry(Verdict.AGREES, 14)
                    .containsEntry(Verdict.DIFFERS, 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyCallsOfTheChannelThatReachedTheProviderCount(TestDatabase kind) {
        try (ReconcileWorld world = new ReconcileWorld(kind, folder)) {
            Call call = Call.of("m", "2030-03-10T12:00:00Z", 10, 20);
            world.store(
                    call,
                    call.ended("answered", 0),
                    call.ended("left", 0),
                    call.ended("failed", 2),
                    call.on(4),
                    Call.of("M", "2030-03-10T12:00:00Z", 1, 2));
            world.storeEstimated(call);
            String export = HEAD + "2030-03-10,m,2,20,40\n";

            assertThat(verdicts(world.report("UTC", "0", export)))
                    .isEqualTo("2030-03-10 M only_ours\n2030-03-10 m agrees");
            assertThat(world.report("UTC", "0", export).lines().getLast().ours().estimated())
                    .isEqualTo(1);
            ReconcileReport all = world.report(ReconcileQuery.read("all", null, null, null, null), export);
            assertThat(all.lines().getLast().ours().requests()).isEqualTo(3);
            ReconcileReport other = world.report(ReconcileQuery.read("5", null, null, null, null), export);
            assertThat(verdicts(other)).isEqualTo("2030-03-10 m only_theirs");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTaskCountsWithWhatItWasChargedAtItsEnd(TestDatabase kind) {
        try (ReconcileWorld world = new ReconcileWorld(kind, folder)) {
            world.storePaidTask(Call.of("sora", "2030-03-10T12:00:00Z", 70, 80), "task-1");
            world.store(Call.of("sora", "2030-03-10T13:00:00Z", 1, 2));

            ReconcileReport report = world.report("UTC", "0", HEAD + "2030-03-10,sora,2,71,82\n");

            assertThat(report.agrees()).isTrue();
            assertThat(report.lines().getFirst().ours()).isEqualTo(new OurUsage(2, 71, 82, 4, 3_750_000, 0));
        }
    }

    @Test
    void theToleranceIsAShareOfTheProvidersCount() {
        try (ReconcileWorld world = new ReconcileWorld(TestDatabase.SQLITE, folder)) {
            world.store(Call.of("m", "2030-03-10T12:00:00Z", 990, 1_010));
            String export = HEAD + "2030-03-10,m,1,1000,1000\n";

            assertThat(world.report("UTC", "1", export).agrees()).isTrue();
            assertThat(world.report("UTC", "0.99", export).agrees()).isFalse();
            assertThat(world.report("UTC", "100", HEAD + "2030-03-10,m,1,990,0\n")
                            .agrees())
                    .isFalse();
        }
    }

    @Test
    void whatTheExportDoesNotTellIsNotCompared() {
        try (ReconcileWorld world = new ReconcileWorld(TestDatabase.SQLITE, folder)) {
            world.store(Call.of("m", "2030-03-10T12:00:00Z", 10, 20));

            ReconcileReport report =
                    world.report("UTC", "0", "date,model,output\n2030-03-10,m,20\n2030-03-10,unused,0\n");

            assertThat(report.agrees()).isTrue();
            assertThat(report.lines().getFirst().difference()).isEqualTo(new Difference(null, null, 0L));
            assertThat(verdicts(report)).endsWith("unused agrees");
        }
    }

    @Test
    void snapshotsArePairedDayByDay() {
        try (ReconcileWorld world = new ReconcileWorld(TestDatabase.SQLITE, folder)) {
            world.store(
                    Call.of("gpt-4o", "2030-03-10T12:00:00Z", 10, 20),
                    Call.of("gpt-4o", "2030-03-11T12:00:00Z", 10, 20));

            ReconcileReport report = world.report(
                    "UTC",
                    "0",
                    HEAD + "2030-03-10,gpt-4o-2024-08-06,1,10,20\n2030-03-11,gpt-4o-2024-08-06,1,10,20\n"
                            + "2030-03-11,gpt-4o-2024-11-20,1,10,20\n");

            assertThat(verdicts(report))
                    .isEqualTo("2030-03-10 gpt-4o agrees\n2030-03-11 gpt-4o only_ours\n"
                            + "2030-03-11 gpt-4o-2024-08-06 only_theirs\n2030-03-11 gpt-4o-2024-11-20 only_theirs");
            assertThat(report.lines().getFirst().theirModel()).isEqualTo("gpt-4o-2024-08-06");
        }
    }

    @Test
    void daysOutsideAreLeftOutAndDaysWithoutLinesAreComparedToo() {
        try (ReconcileWorld world = new ReconcileWorld(TestDatabase.SQLITE, folder)) {
            world.store(Call.of("m", "2030-03-12T12:00:00Z", 10, 20));

            ReconcileReport report = world.report(
                    ReconcileQuery.read("3", "2030-03-11", "2030-03-12", "", ""),
                    HEAD + "2030-03-10,m,1,1,1\n2030-03-11,m,1,1,1\n2030-03-13,m,1,1,1\n");

            assertThat(verdicts(report)).isEqualTo("2030-03-11 m only_theirs\n2030-03-12 m only_ours");
            assertThat(report.outside()).isEqualTo(2);
        }
    }

    @Test
    void aReportReadAsAnExportAgrees() {
        try (ReconcileWorld world = new ReconcileWorld(TestDatabase.SQLITE, folder)) {
            List<String> names = List.of("m", "a,b", "say \"x\"", "line\nbreak", "模型;1", "a\tb");
            Random random = new Random(3);
            for (int i = 0; i < 60; i++) {
                world.store(Call.of(
                        names.get(random.nextInt(names.size())),
                        "2030-03-1" + random.nextInt(3) + "T12:00:00Z",
                        random.nextInt(1_000),
                        random.nextInt(1_000)));
            }
            ReconcileQuery query = ReconcileQuery.read("3", "2030-03-10", "2030-03-12", "", "");
            ReconcileReport first = world.report(query, HEAD);
            List<String> csv = new ArrayList<>(List.of(ReportCsv.head()));
            first.lines().forEach(line -> csv.add(ReportCsv.row(line)));

            ReconcileReport second = world.report(query, String.join("", csv));

            assertThat(first.agrees()).isFalse();
            assertThat(second.lines()).hasSameSizeAs(first.lines());
            assertThat(second.agrees()).isTrue();
        }
    }

    @Test
    void daysAreBounded() {
        try (ReconcileWorld world = new ReconcileWorld(TestDatabase.SQLITE, folder)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> world.report("UTC", "0", HEAD))
                    .withMessage("the export has no lines; tell the days with from and to");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> world.report("UTC", "0", HEAD + "2030-01-01,m,1,1,1\n2031-01-02,m,1,1,1\n"))
                    .withMessage("from, to: expected at most 366 days, found 2030-01-01 to 2031-01-02");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> world.report(ReconcileQuery.read("3", "2030-01-02", "2030-01-01", "", ""), HEAD))
                    .withMessage("to: expected 2030-01-02 or a later day, found 2030-01-01");
            assertThat(world.report(ReconcileQuery.read("3", "2030-01-01", "2031-01-01", "", ""), HEAD)
                            .lines())
                    .isEmpty();
        }
    }
}
