package io.patchbay.relay.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.accounts.AuditLog;
import io.patchbay.accounts.User;
import io.patchbay.foundation.json.Json;
import io.patchbay.foundation.testing.TestDatabase;
import io.patchbay.relay.record.RecordWorld.Answer;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RecordResourceTest {
    private static final Instant AT = Instant.parse("2030-03-10T11:59:30Z");

    @TempDir
    private Path folder;

    private RecordWorld world() {
        return new RecordWorld(TestDatabase.SQLITE, folder);
    }

    private static JsonNode records(Answer answer) throws Exception {
        assertThat(answer.status()).isEqualTo(200);
        JsonNode body = Json.mapper().readTree(answer.text());
        assertThat(body.path("status").booleanValue()).as(answer.text()).isTrue();
        return body.path("data").path("records");
    }

    private static List<String> ids(JsonNode records) {
        return records.findValuesAsText("request_id");
    }

    @ParameterizedTest
    @EnumSource
    void aLineHasTheMembersOfTheOriginalAndOurs(TestDatabase kind) {
        try (RecordWorld world = new RecordWorld(kind, folder)) {
            User ann = world.user("ann");
            long key = world.key(ann, "laptop");
            world.store(Calls.call("r1", ann.id(), key, "gpt-4o", 3, "answered", "", AT));

            assertThat(world.post(ann, "record/view?page=0", "{}").text()).isEqualTo("""
                    {"status":true,"data":{"total":1,"more":false,"page":0,"size":10,"records":[{"user_id":%d,\
                    "username":"ann","type":"consume","token_name":"laptop","model":"gpt-4o","input_tokens":10,\
                    "output_tokens":20,"quota":1.5,"duration":1.234,\
                    "detail":"10 in (4 cached), 20 out (5 reasoning); first token after 320 ms","prompts":"",\
                    "response_prompts":"","created_at":"2030-03-10 11:59:30","request_id":"r1","status":200,\
                    "outcome":"answered","fault":"","attempts":1,"first_token_ms":320,"streamed":true,"cached_tokens":4,\
                    "reasoning_tokens":5,"estimated":false,"paid_by":"","written_off":0,"task_id":""}]}}""".formatted(ann.id()));
        }
    }

    @Test
    void usersSeeTheirOwnLinesOnlyAndNoChannels() throws Exception {
        try (RecordWorld world = world()) {
            User ann = world.user("ann");
            User bob = world.user("bob");
            world.store(Calls.call("of ann", ann.id(), AT), Calls.failed("of bob", bob.id(), AT));
            world.credit(bob.id(), 1, "of bob");

            for (String body : new String[] {
                "",
                "{}",
                "{\"user_id\":" + ann.id() + "}",
                "{\"user_id\":\"" + ann.id() + "\"}",
                "{\"show_channel\":true}"
            }) {
                Answer answer = world.post(ann, "record/view", body);
                assertThat(ids(records(answer))).as(body).containsExactly("of ann");
                assertThat(answer.text())
                        .doesNotContain("\"channel")
                        .doesNotContain("up-gpt-4o")
                        .doesNotContain("openai");
            }
            assertThat(world.post(ann, "record/view", "{\"user_id\":" + bob.id() + "}")
                            .text())
                    .isEqualTo(
                            "{\"status\":false,\"message\":\"user_id: only administrators can look at other users\"}");
            assertThat(world.post(ann, "record/view", "{\"channel\":3}").text())
                    .isEqualTo("{\"status\":false,\"message\":\"channel: only administrators can look for channels\"}");
            assertThat(world.get(ann, "record/export?user_id=" + bob.id()).status())
                    .isEqualTo(400);
            assertThat(world.get(ann, "record/export").text())
                    .contains("of ann")
                    .doesNotContain("of bob");
            assertThat(world.post(bob, "record/view", "").text())
                    .contains("failed: UPSTREAM")
                    .doesNotContain("secret words");
            assertThat(world.get(bob, "record/export").text())
                    .contains("failed: UPSTREAM")
                    .doesNotContain("secret words")
                    .doesNotContain("channel 3");
        }
    }

    @Test
    void administratorsSeeAllAndChannelsWhenTheyWant() throws Exception {
        try (RecordWorld world = world()) {
            User chief = world.admin("chief");
            User ann = world.user("ann");
            world.store(
                    Calls.call("of ann", ann.id(), AT),
                    Calls.call("own", chief.id(), 0, "gpt-4o", 4, "answered", "", AT.minusSeconds(1)),
                    Calls.failed("failed", ann.id(), AT.minusSeconds(2)));

            Answer all = world.post(chief, "record/view", "{\"show_channel\":true}");
            assertThat(ids(records(all))).containsExactly("of ann", "own", "failed");
            JsonNode first = records(all).path(0);
            assertThat(first.path("channel").longValue()).isEqualTo(3);
            assertThat(first.path("channel_name").textValue()).isEqualTo("channel 3");
            assertThat(first.path("upstream_model").textValue()).isEqualTo("up-gpt-4o");
            assertThat(first.path("plugin").textValue()).isEqualTo("openai@1.2.0");
            assertThat(records(all).path(2).path("detail").textValue()).contains("secret words of the upstream");
            assertThat(world.post(chief, "record/view", "{}").text()).doesNotContain("\"channel");

            assertThat(ids(records(world.post(chief, "record/view", "{\"user_id\":" + ann.id() + "}"))))
                    .containsExactly("of ann", "failed");
            assertThat(ids(records(world.post(chief, "record/view", "{\"self\":true}"))))
                    .containsExactly("own");
            assertThat(ids(records(world.post(chief, "record/view", "{\"channel\":4}"))))
                    .containsExactly("own");
            assertThat(ids(records(world.post(chief, "record/view", "{\"outcome\":\"failed\"}"))))
                    .containsExactly("failed");
        }
    }

    @Test
    void keysAreFoundByTheirName() throws Exception {
        try (RecordWorld world = world()) {
            User chief = world.admin("chief");
            User ann = world.user("ann");
            User bob = world.user("bob");
            world.store(
                    Calls.call("a", ann.id(), world.key(ann, "laptop"), "m", 3, "answered", "", AT),
                    Calls.call("b", ann.id(), world.key(ann, "phone"), "m", 3, "answered", "", AT),
                    Calls.call("c", bob.id(), world.key(bob, "laptop"), "m", 3, "answered", "", AT));
            String laptop = "{\"token_name\":\"laptop\"}";

            assertThat(ids(records(world.post(ann, "record/view", laptop)))).containsExactly("a");
            assertThat(ids(records(world.post(chief, "record/view", laptop)))).containsExactly("c", "a");
            assertThat(ids(records(world.post(ann, "record/view", "{\"token_name\":\"none\"}"))))
                    .isEmpty();
        }
    }

    @Test
    void timesAreReadToTheEndOfWhatTheyName() throws Exception {
        try (RecordWorld world = world()) {
            User ann = world.user("ann");
            world.call("before", ann.id(), "2030-03-09T23:59:59.999Z");
            world.call("first", ann.id(), "2030-03-10T00:00:00Z");
            world.call("second", ann.id(), "2030-03-10T11:00:00.500Z");
            world.call("last", ann.id(), "2030-03-10T23:59:59.999Z");
            world.call("after", ann.id(), "2030-03-11T00:00:00Z");

            assertThat(ids(records(world.post(
                            ann, "record/view", "{\"start_time\":\"2030-03-10\",\"end_time\":\"2030-03-10\"}"))))
                    .containsExactly("last", "second", "first");
            assertThat(ids(records(world.post(
                            ann,
                            "record/view",
                            "{\"start_time\":\"2030-03-10 00:00:00\",\"end_time\":\"2030-03-10 11:00:00\"}"))))
                    .containsExactly("second", "first");
        }
    }

    @Test
    void pagesAreTurned() throws Exception {
        try (RecordWorld world = world()) {
            User ann = world.user("ann");
            for (int i = 0; i < 25; i++) {
                world.store(Calls.call("r%02d".formatted(i), ann.id(), AT.plusSeconds(i)));
            }

            assertThat(ids(records(world.post(ann, "record/view", ""))))
                    .hasSize(10)
                    .startsWith("r24");
            assertThat(ids(records(world.post(ann, "record/view?page=2", ""))))
                    .containsExactly("r04", "r03", "r02", "r01", "r00");
            assertThat(ids(records(world.post(ann, "record/view?page=x", "")))).startsWith("r24");
            assertThat(ids(records(world.post(ann, "record/view?page=-4", "")))).startsWith("r24");
            assertThat(ids(records(world.post(ann, "record/view?page=0", "{\"size\":100}"))))
                    .hasSize(25);
            assertThat(world.post(ann, "record/view?page=99999999999", "").text())
                    .startsWith("{\"status\":false,\"message\":\"page: only the newest 10000 lines");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ | the body is not valid JSON",
                "[] | expected a JSON object",
                "null | expected a JSON object",
                "{\"type\":\"refund\"} | type: expected all, topup, consume or system",
                "{\"start_time\":\"soon\"} | start_time: expected YYYY-MM-DD HH:MM:SS",
                "{\"start_time\":\"2030-03-02\",\"end_time\":\"2030-03-01\"} | end_time: expected a time after",
                "{\"user_id\":1.5} | user_id: expected a whole number",
                "{\"user_id\":\"ann\"} | user_id: expected a whole number",
                "{\"model\":[]} | model: expected a text, found a value of type array",
                "{\"size\":101} | size: expected 1 to 100, found 101",
                "{\"outcome\":\"odd\"} | outcome: expected answered"
            })
    void whatCannotBeUnderstoodIsTold(String body, String message) {
        try (RecordWorld world = world()) {
            Answer answer = world.post(world.admin("chief"), "record/view", body);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).startsWith("{\"status\":false,\"message\":\"" + message);
        }
    }

    @Test
    void sumsAreOfTheUserOrForAdministratorsOfAll() {
        try (RecordWorld world = world()) {
            User chief = world.admin("chief");
            User ann = world.user("ann");
            world.store(Calls.call("a", ann.id(), AT), Calls.call("c", chief.id(), AT.minusSeconds(3_600)));
            String one = "{\"status\":true,\"data\":{\"billing_today\":1.5,\"billing_month\":1.5,\"request_today\":1,"
                    + "\"request_month\":1,\"rpm\":1,\"tpm\":30}}";

            assertThat(world.post(ann, "record/stats", "").text()).isEqualTo(one);
            assertThat(world.post(chief, "record/stats", "{\"user_id\":" + ann.id() + "}")
                            .text())
                    .isEqualTo(one);
            assertThat(world.post(chief, "record/stats", "").text())
                    .contains("\"billing_today\":3,")
                    .contains("\"request_month\":2");
            assertThat(world.post(chief, "record/stats", "{\"self\":true}").text())
                    .contains("\"request_today\":1")
                    .contains("\"rpm\":0");
            assertThat(world.post(ann, "record/stats", "{\"user_id\":" + chief.id() + "}")
                            .text())
                    .startsWith("{\"status\":false,\"message\":\"user_id:");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"record/view", "record/stats"})
    void strangersAreRefusedAsOnOtherRoutesOfTheOriginal(String path) {
        try (RecordWorld world = world()) {
            Answer answer = world.post(null, path, "");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).startsWith("{\"status\":false,\"message\":");
            assertThat(world.get(null, "record/export").status()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anExportHasAllLinesOfTheRange(TestDatabase kind) {
        try (RecordWorld world = new RecordWorld(kind, folder)) {
            User chief = world.admin("chief");
            User ann = world.user("ann");
            for (int batch = 0; batch < 3; batch++) {
                RequestRecord[] calls = new RequestRecord[850];
                for (int i = 0; i < calls.length; i++) {
                    int n = batch * 850 + i;
                    calls[i] = Calls.call(
                            "r" + n, ann.id(), 0, n % 2 == 0 ? "m" : "=m", 3, "answered", "", AT.plusMillis(n));
                }
                world.store(calls);
            }
            world.credit(ann.id(), 1, "not a call");

            Answer answer = world.get(chief, "record/export?start_time=2030-03-01&end_time=2030-03-31");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.type()).isEqualTo("text/csv;charset=utf-8");
            assertThat(answer.disposition())
                    .isEqualTo("attachment; filename=\"records-from-2030-03-01-to-2030-03-31.csv\"");
            List<String> lines = answer.text().lines().toList();
            assertThat(lines).hasSize(1 + 2_550).doesNotHaveDuplicates();
            assertThat(lines.getFirst()).isEqualTo(RecordCsv.head(true).strip());
            assertThat(lines.get(1)).startsWith("2030-03-10 11:59:32,ann,consume,,'=m,10,20,");

            assertThat(world.get(ann, "record/export?model=m").text().lines()).hasSize(1 + 1_275);
            assertThat(world.get(ann, "record/export?type=topup").text())
                    .contains(",ann,topup,")
                    .contains(",not a call\r\n")
                    .doesNotContain("consume");
            assertThat(world.get(ann, "record/export?end_time=2030-03-01").text())
                    .isEqualTo(RecordCsv.head(false));
            assertThat(world.get(ann, "record/export?start_time=x").status()).isEqualTo(400);
        }
    }

    @Test
    void onlySomeExportsRunAtATime() throws Exception {
        try (RecordWorld world = world()) {
            User ann = world.user("ann");
            RequestRecord[] moreThanIsBuffered = new RequestRecord[500];
            for (int i = 0; i < moreThanIsBuffered.length; i++) {
                moreThanIsBuffered[i] = Calls.call("r" + i, ann.id(), AT);
            }
            world.store(moreThanIsBuffered);
            CountDownLatch goOn = new CountDownLatch(1);
            Phaser begun = new Phaser(5);
            List<Thread> running = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                running.add(Thread.ofVirtual()
                        .start(() -> world.send(ann, "GET", "record/export", "", new OutputStream() {
                            private boolean first = true;

                            @Override
                            public void write(int b) {
                                throw new AssertionError("written byte by byte");
                            }

                            @Override
                            public void write(byte[] bytes, int from, int count) {
                                if (first) {
                                    first = false;
                                    begun.arrive();
                                    try {
                                        goOn.await();
                                    } catch (InterruptedException e) {
                                        throw new IllegalStateException(e);
                                    }
                                }
                            }
                        })));
            }
            begun.arriveAndAwaitAdvance();

            Answer fifth = world.get(ann, "record/export");
            goOn.countDown();
            for (Thread thread : running) {
                thread.join();
            }

            assertThat(fifth.status()).isEqualTo(429);
            assertThat(fifth.text()).contains("4 exports are under way");
            assertThat(world.get(ann, "record/export").status()).isEqualTo(200);
        }
    }

    @Test
    void theTimeRecordsAreKeptIsASetting() {
        try (RecordWorld world = world()) {
            User chief = world.admin("chief");
            String path = "admin/record/settings";
            assertThat(world.get(chief, path).text()).isEqualTo("{\"days\":90}");

            assertThat(world.post(chief, path, "{\"days\":0}").text()).isEqualTo("{\"days\":0}");
            assertThat(world.get(chief, path).text()).isEqualTo("{\"days\":0}");
            for (String bad :
                    new String[] {"", "{", "[]", "{}", "{\"days\":-1}", "{\"days\":3651}", "{\"days\":\"9\"}"}) {
                Answer answer = world.post(chief, path, bad);
                assertThat(answer.status()).as(bad).isEqualTo(400);
                assertThat(answer.text()).as(bad).contains("days");
            }
            assertThat(world.get(chief, path).text()).isEqualTo("{\"days\":0}");
            assertThat(world.accounts.audit().newest(Long.MAX_VALUE, 1))
                    .extracting(AuditLog.Entry::actor, AuditLog.Entry::action, AuditLog.Entry::detail)
                    .containsExactly(tuple("chief", "record.retention", "kept for ever"));
            User ann = world.user("ann");
            assertThat(world.get(ann, path).status()).isEqualTo(401);
            assertThat(world.post(ann, path, "{\"days\":1}").status()).isEqualTo(401);
        }
    }
}
