package io.patchbay.relay.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.foundation.json.Json;
import io.patchbay.foundation.testing.TestDatabase;
import io.patchbay.relay.reconcile.ReconcileWorld.Answer;
import io.patchbay.relay.reconcile.ReconcileWorld.Call;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReconcileResourceTest {
    private static final String PATH = "admin/billing/reconcile?channel=3";
    private static final String EXPORT = "date,model,requests,input,output,cost,currency\n"
            + "2030-03-10,gpt-4o-2024-08-06,1,10,25,0.50,usd\n2030-03-10,=1+1,1,2,3,1,usd\n";

    @TempDir
    private Path folder;

    private ReconcileWorld world;

    @BeforeEach
    void open() {
        world = new ReconcileWorld(TestDatabase.SQLITE, folder);
        world.store(Call.of("gpt-4o", "2030-03-10T12:00:00Z", 10, 20), Call.of("o1", "2030-03-10T12:00:00Z", 5, 6));
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void theAnswerHasALineForEachDayAndModelAndTotals() {
        Answer answer = world.post(world.admin, PATH, null, "text/csv", EXPORT);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.type()).startsWith("application/json");
        assertThat(answer.text()).isEqualTo("""
                {"status":true,"data":{"zone":"UTC","from":"2030-03-10","to":"2030-03-10","currency":"usd","outside":0,\
                "lines":[\
                {"day":"2030-03-10","model":"=1+1","their_model":"=1+1",\
                "ours":{"requests":0,"input":0,"output":0,"cached":0,"credits":0,"estimated":0},\
                "theirs":{"requests":1,"input":2,"output":3,"cached":null,"cost":1},\
                "difference":{"requests":-1,"input":-2,"output":-3},"verdict":"only_theirs"},\
                {"day":"2030-03-10","model":"gpt-4o","their_model":"gpt-4o-2024-08-06",\
                "ours":{"requests":1,"input":10,"output":20,"cached":4,"credits":1.5,"estimated":0},\
                "theirs":{"requests":1,"input":10,"output":25,"cached":null,"cost":0.50},\
                "difference":{"requests":0,"input":0,"output":-5},"verdict":"differs"},\
                {"day":"2030-03-10","model":"o1","their_model":null,\
                "ours":{"requests":1,"input":5,"output":6,"cached":4,"credits":1.5,"estimated":0},\
                "theirs":null,"difference":{"requests":1,"input":5,"output":6},"verdict":"only_ours"}],\
                "totals":{"ours":{"requests":2,"input":15,"output":26,"cached":8,"credits":3,"estimated":0},\
                "theirs":{"requests":2,"input":12,"output":28,"cached":null,"cost":1.50},\
                "difference":{"requests":0,"input":3,"output":-2},\
                "lines":{"agrees":0,"differs":1,"only_ours":1,"only_theirs":1}},"agrees":false}}""");
    }

    @ParameterizedTest
    @CsvSource({"text/csv, ''", "'text/csv, application/json;q=0.5', ''", "application/json, &format=csv"})
    void theSameComesAsCsvWithoutFormulas(String accept, String format) {
        Answer answer = world.post(world.admin, PATH + format, accept, "text/csv", EXPORT);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.type()).startsWith("text/csv");
        assertThat(answer.disposition())
                .isEqualTo("attachment; filename=\"reconcile-from-2030-03-10-to-2030-03-10.csv\"");
        assertThat(answer.text())
                .isEqualTo("day,model,verdict,requests,input_tokens,output_tokens,cached_tokens,credits,estimated,"
                        + "their_model,their_requests,their_input_tokens,their_output_tokens,their_cached_tokens,"
                        + "their_cost,difference_requests,difference_input_tokens,difference_output_tokens\r\n"
                        + "2030-03-10,'=1+1,only_theirs,0,0,0,0,0,0,'=1+1,1,2,3,,1,-1,-2,-3\r\n"
                        + "2030-03-10,gpt-4o,differs,1,10,20,4,1.5,0,gpt-4o-2024-08-06,1,10,25,,0.50,0,0,-5\r\n"
                        + "2030-03-10,o1,only_ours,1,5,6,4,1.5,0,,,,,,,1,5,6\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", "application/octet-stream"})
    void anExportMayBeJson(String type) throws Exception {
        Answer answer = world.post(world.admin, PATH, null, type, """
                [{"start_time":1899331200,"model":"gpt-4o","num_model_requests":1,"input_tokens":10,"output_tokens":20},
                 {"start_time":1899331200,"model":"o1","num_model_requests":1,"input_tokens":5,"output_tokens":6}]""");

        assertThat(Json.mapper().readTree(answer.text()).at("/data/agrees").booleanValue())
                .as(answer.text())
                .isTrue();
    }

    @Test
    void onlyAdministratorsCompare() {
        assertThat(world.post(world.ann, PATH, null, "text/csv", EXPORT))
                .extracting(Answer::status, Answer::text)
                .containsExactly(401, "{\"code\":401,\"message\":\"Access denied.\"}");
        assertThat(world.post(null, PATH, null, "text/csv", EXPORT).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | channel: expected a channel's number, or all",
                "?channel=x | channel: expected a channel's number, or all",
                "?channel=3&from=today | from: expected a day as YYYY-MM-DD",
                "?channel=3&to=2030-13-01 | to: expected a day as YYYY-MM-DD",
                "?channel=3&zone=Mars | zone: expected a time zone such as UTC or Asia/Shanghai",
                "?channel=3&tolerance=-1 | tolerance: expected a percentage from 0 to 100",
                "?channel=3&tolerance=101 | tolerance: expected a percentage from 0 to 100",
                "?channel=3&tolerance=few | tolerance: expected a percentage from 0 to 100",
                "?channel=3&format=pdf | format: expected json or csv"
            })
    void aWrongParameterIsNamed(String query, String message) throws Exception {
        Answer answer = world.post(world.admin, "admin/billing/reconcile" + query, null, "text/csv", EXPORT);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(Json.mapper().readTree(answer.text()).path("detail").asText())
                .isEqualTo(message);
    }

    @Test
    void aWrongLineIsNamed() throws Exception {
        Answer answer = world.post(world.admin, PATH, null, "text/csv", EXPORT + "2030-03-10,m,one,1,1,1,usd\n");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(Json.mapper().readTree(answer.text()).path("detail").asText())
                .isEqualTo("line 4, column requests: expected a whole number from 0 to 1000000000000, found \"one\"");
    }

    @Test
    void anExportThatIsTooLargeIsRefused() {
        String padding = " ".repeat(ReconcileResource.MOST_BYTES - EXPORT.length());

        assertThat(world.post(world.admin, PATH, null, "text/csv", EXPORT + padding)
                        .status())
                .isEqualTo(200);
        assertThat(world.post(world.admin, PATH, null, "text/csv", EXPORT + padding + " ")
                        .status())
                .isEqualTo(413);
    }

    @Test
    void noMoreThanTwoReportsAreMadeAtATime() throws Exception {
        Phaser reading = new Phaser(3);
        CountDownLatch goOn = new CountDownLatch(1);
        List<Integer> statuses = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            threads.add(Thread.ofVirtual()
                    .start(() -> statuses.add(world.post(world.admin, PATH, null, "text/csv", waiting(reading, goOn))
                            .status())));
        }
        reading.arriveAndAwaitAdvance();

        assertThat(world.post(world.admin, PATH, null, "text/csv", EXPORT).status())
                .isEqualTo(429);

        goOn.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(statuses).containsExactly(200, 200);
        assertThat(world.post(world.admin, PATH, null, "text/csv", EXPORT).status())
                .isEqualTo(200);
    }

    /** Returns the export as a client that stops before it sends anything. */
    private static InputStream waiting(Phaser reading, CountDownLatch goOn) {
        return new InputStream() {
            private final byte[] bytes = EXPORT.getBytes(StandardCharsets.UTF_8);
            private int at;

            @Override
            public int read() {
                if (at == 0) {
                    reading.arriveAndAwaitAdvance();
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                }
                return at < bytes.length ? bytes[at++] : -1;
            }
        };
    }
}
