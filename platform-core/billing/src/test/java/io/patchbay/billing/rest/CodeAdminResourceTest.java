package io.patchbay.billing.rest;

import static io.patchbay.billing.rest.CodeWeb.body;
import static io.patchbay.billing.rest.CodeWeb.codes;
import static io.patchbay.billing.rest.CodeWeb.make;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.accounts.AuditLog;
import io.patchbay.accounts.User;
import io.patchbay.billing.code.CodeBatch;
import io.patchbay.billing.code.CodeKind;
import io.patchbay.billing.code.CodeOrder;
import io.patchbay.billing.code.Codes;
import io.patchbay.billing.rest.WebApp.Answer;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CodeAdminResourceTest {
    private static final String HEAD = "code,type,quota,uses,max_uses,expires_at,created_at,used_by,used_at\r\n";

    @TempDir
    private Path folder;

    @Test
    void codesAreGenerated() {
        try (WebApp web = new WebApp(folder)) {
            User root = web.admin("chief");

            Answer gifts = web.post(root, "admin/invitation/generate", """
                    {"type":"spring","quota":2.5,"number":2}""");
            Answer sold = web.post(root, "admin/redeem/generate", """
                    {"quota":10,"number":1,"max_uses":3,"expires_at":"2031-01-31 23:59:59"}""");

            assertThat(gifts.status()).isEqualTo(200);
            assertThat(gifts.text())
                    .matches("\\{\"status\":true,\"message\":\"\",\"data\":\\["
                            + "\"spring-[a-zA-Z0-9]{24}\",\"spring-[a-zA-Z0-9]{24}\"],\"batch\":\"[0-9A-Z]{26}\"}");
            assertThat(sold.text())
                    .matches("\\{\"status\":true,\"message\":\"\",\"data\":\\[\"nio-[a-zA-Z0-9]{32}\"],"
                            + "\"batch\":\"[0-9A-Z]{26}\"}");
            assertThat(web.test.number("SELECT expires_at FROM credit_code WHERE max_uses = 3"))
                    .isEqualTo(Instant.parse("2031-01-31T23:59:59Z").toEpochMilli());
            assertThat(web.accounts.audit().newest(Long.MAX_VALUE, 10))
                    .filteredOn(entry -> entry.action().equals("code.generate"))
                    .extracting(AuditLog.Entry::actor)
                    .containsExactly("chief", "chief");
        }
    }

    @Test
    void ordersThatCannotBeFilledAreRefused() {
        try (WebApp web = new WebApp(folder)) {
            User root = web.admin("chief");
            Map.ofEntries(
                            Map.entry("", "bad request"),
                            Map.entry("null", "bad request"),
                            Map.entry("[]", "bad request"),
                            Map.entry("{\"number\":1}", "bad request"),
                            Map.entry("{\"quota\":1}", "bad request"),
                            Map.entry("{\"quota\":\"x\",\"number\":1}", "bad request"),
                            Map.entry(
                                    "{\"quota\":0,\"number\":1}",
                                    "quota must be at least 0.000001 and at most 1000000000 credits"),
                            Map.entry(
                                    "{\"quota\":-1,\"number\":1}",
                                    "quota must be at least 0.000001 and at most 1000000000 credits"),
                            Map.entry(
                                    "{\"quota\":1e10,\"number\":1}",
                                    "an amount of credits must lie between -1000000000 and 1000000000"),
                            Map.entry("{\"quota\":1,\"number\":1.5}", "number must be a whole number"),
                            Map.entry("{\"quota\":1,\"number\":1e999999999}", "number must be a whole number"),
                            Map.entry(
                                    "{\"quota\":1,\"number\":10001}",
                                    "number must be a whole number from 1 to 10000, is 10001"),
                            Map.entry(
                                    "{\"quota\":1,\"number\":1,\"max_uses\":0}",
                                    "max_uses must be a whole number from 1 to 1000000, is 0"),
                            Map.entry(
                                    "{\"quota\":1,\"number\":1,\"expires_at\":\"tomorrow\"}",
                                    "expires_at must be YYYY-MM-DD HH:MM:SS in UTC, or an RFC 3339 time, is"
                                            + " 'tomorrow'"),
                            Map.entry(
                                    "{\"quota\":1,\"number\":1,\"expires_at\":\"2031-02-30 00:00:00\"}",
                                    "expires_at must be YYYY-MM-DD HH:MM:SS in UTC, or an RFC 3339 time, is"
                                            + " '2031-02-30 00:00:00'"),
                            Map.entry(
                                    "{\"quota\":1,\"number\":1,\"expires_at\":\"2029-12-31T23:00:00Z\"}",
                                    "expires_at must lie in the future, is 2029-12-31T23:00:00Z"))
                    .forEach((json, sentence) -> assertThat(web.post(root, "admin/redeem/generate", json))
                            .as(json)
                            .isEqualTo(new Answer(
                                    200, "{\"status\":false,\"message\":\"" + sentence + "\",\"data\":null}")));
            assertThat(web.post(root, "admin/invitation/generate", "{\"quota\":1,\"number\":1}")
                            .text())
                    .isEqualTo("{\"status\":false,\"message\":\"type must have 1 to 32 of the characters A-Z, a-z, 0-9,"
                            + " _ and -\",\"data\":null}");
            assertThat(web.test.number("SELECT COUNT(*) FROM credit_code")).isZero();
        }
    }

    @Test
    void codesAreListed() {
        try (WebApp web = new WebApp(folder)) {
            User root = web.admin("chief");
            User ann = web.user("ann");
            CodeBatch sold = make(web, CodeKind.REDEEM, null, 1);
            Instant end = Instant.parse("2031-01-31T23:59:59Z");
            CodeBatch gifts =
                    codes(web).generate(new CodeOrder(CodeKind.GIFT, "spring", 2_500_000, 1, 4, end), "chief");

            assertThat(web.get(root, "admin/redeem/list?page=0"))
                    .isEqualTo(new Answer(
                            200,
                            "{\"status\":true,\"total\":1,\"data\":[{\"code\":\""
                                    + sold.codes().getFirst()
                                    + "\",\"quota\":2.5,\"used\":false,\"created_at\":\"2030-01-01 12:00:00\","
                                    + "\"updated_at\":\"2030-01-01 12:00:00\",\"username\":\"-\",\"max_uses\":1,"
                                    + "\"uses\":0,\"expires_at\":null,\"batch\":\"" + sold.id()
                                    + "\"}],\"message\":\"\"}"));
            web.post(ann, "redeem", body(sold.codes().getFirst())); // at 12:00:20, see WebApp
            web.post(ann, "invite", body(gifts.codes().getFirst()));
            assertThat(web.get(root, "admin/redeem/list?page=0&used=true&search=nio-")
                            .text())
                    .isEqualTo("{\"status\":true,\"total\":1,\"data\":[{\"code\":\""
                            + sold.codes().getFirst()
                            + "\",\"quota\":2.5,\"used\":true,\"created_at\":\"2030-01-01 12:00:00\","
                            + "\"updated_at\":\"2030-01-01 12:00:20\",\"username\":\"ann\",\"max_uses\":1,"
                            + "\"uses\":1,\"expires_at\":null,\"batch\":\"" + sold.id() + "\"}],\"message\":\"\"}");
            assertThat(web.get(root, "admin/invitation/list").text())
                    .isEqualTo("{\"status\":true,\"total\":1,\"data\":[{\"code\":\""
                            + gifts.codes().getFirst()
                            + "\",\"quota\":2.5,\"type\":\"spring\",\"used\":false,"
                            + "\"created_at\":\"2030-01-01 12:00:00\",\"updated_at\":\"2030-01-01 12:00:30\","
                            + "\"username\":\"ann\",\"max_uses\":4,\"uses\":1,"
                            + "\"expires_at\":\"2031-01-31 23:59:59\",\"batch\":\"" + gifts.id()
                            + "\"}],\"message\":\"\"}");

            make(web, CodeKind.REDEEM, null, 20);
            assertThat(web.get(root, "admin/redeem/list?page=2").text())
                    .contains("\"total\":3")
                    .contains(sold.codes().getFirst());
            assertThat(web.get(root, "admin/redeem/list?page=x").text()).doesNotContain(sold.id());
            assertThat(web.get(root, "admin/redeem/list?page=99999999999&used=false")
                            .text())
                    .isEqualTo("{\"status\":true,\"total\":2,\"data\":[],\"message\":\"\"}");
            assertThat(web.get(root, "admin/redeem/list?search=" + sold.id()).text())
                    .contains("\"total\":1")
                    .contains(sold.codes().getFirst());
        }
    }

    @Test
    void unusedCodesAreDeleted() {
        try (WebApp web = new WebApp(folder)) {
            User root = web.admin("chief");
            User ann = web.user("ann");
            String unused = make(web, CodeKind.GIFT, "spring", 1).codes().getFirst();
            String used = make(web, CodeKind.GIFT, "spring", 1).codes().getFirst();
            web.post(ann, "invite", body(used));

            assertThat(web.post(root, "admin/invitation/delete", body(unused)))
                    .isEqualTo(new Answer(200, "{\"status\":true,\"error\":null}"));
            assertThat(web.post(root, "admin/invitation/delete", body(unused)).text())
                    .isEqualTo("{\"status\":false,\"error\":\"invitation code not found\"}");
            assertThat(web.post(root, "admin/invitation/delete", body(used)).text())
                    .isEqualTo("{\"status\":false,\"error\":\"this invitation code has been used; it is kept, because"
                            + " the ledger speaks of it\"}");
            for (String json : new String[] {"", "{", "null", "{}"}) {
                assertThat(web.post(root, "admin/redeem/delete", json).text())
                        .as(json)
                        .isEqualTo("{\"status\":false,\"error\":\"bad request\"}");
            }
        }
    }

    @Test
    void codesAreExported() {
        try (WebApp web = new WebApp(folder)) {
            User root = web.admin("chief");
            User formula = web.accounts.users().create("=1+1,\"x", null, "a password", false);
            CodeBatch first = make(web, CodeKind.REDEEM, null, 1);
            CodeBatch second = make(web, CodeKind.REDEEM, null, 1);
            String used = first.codes().getFirst();
            String unused = second.codes().getFirst();
            web.post(formula, "redeem", body(used));

            Answer batch = web.get(root, "admin/redeem/export?batch=" + first.id());

            assertThat(batch)
                    .isEqualTo(new Answer(
                            200,
                            HEAD + used + ",,2.5,1,1,,2030-01-01 12:00:00,\"'=1+1,\"\"x\",2030-01-01 12:00:10\r\n"));
            assertThat(web.header("Content-Type")).isEqualTo("text/csv;charset=utf-8");
            assertThat(web.header("Content-Disposition")).isEqualTo("attachment; filename=\"redeem-codes.csv\"");
            assertThat(web.header("Cache-Control")).isEqualTo("no-store");
            assertThat(web.get(root, "admin/redeem/export").text())
                    .isEqualTo(HEAD + unused + ",,2.5,0,1,,2030-01-01 12:00:00,,\r\n");
            assertThat(web.get(root, "admin/invitation/export").text()).isEqualTo(HEAD);
            assertThat(web.get(root, "admin/redeem/export?batch=" + unused).text())
                    .isEqualTo(HEAD);
            assertThat(web.accounts.audit().newest(Long.MAX_VALUE, 4))
                    .extracting(entry -> entry.action() + ", " + entry.subject() + ", " + entry.detail())
                    .containsExactly(
                            "code.export, some batch, redeem",
                            "code.export, all unused, gift",
                            "code.export, all unused, redeem",
                            "code.export, batch " + first.id() + ", redeem");
        }
    }

    @Test
    void newCodesComeAsAFileWhenThatIsAskedFor() {
        try (WebApp web = new WebApp(folder)) {
            User root = web.admin("chief");
            String order = """
                    {"type":"spring","quota":2.5,"number":2000,"expires_at":"2031-01-31T23:59:59Z"}""";
            String row = "spring-[a-zA-Z0-9]{24},spring,2\\.5,0,1,2031-01-31 23:59:59,2030-01-01 12:00:\\d0,,";

            Answer byQuery = web.post(root, "admin/invitation/generate?format=csv", order);
            assertThat(web.header("Content-Disposition")).isEqualTo("attachment; filename=\"gift-codes.csv\"");
            Answer byHeader = web.post(root, "admin/invitation/generate", order, "text/csv, */*;q=0.1");

            for (Answer answer : List.of(byQuery, byHeader)) {
                assertThat(answer.text()).startsWith(HEAD).endsWith("\r\n");
                assertThat(answer.text().substring(HEAD.length()).split("\r\n"))
                        .hasSize(2_000)
                        .doesNotHaveDuplicates()
                        .allMatch(line -> line.matches(row));
            }
            assertThat(web.post(root, "admin/invitation/generate", order, "application/json, text/csv;q=0.5")
                            .text())
                    .startsWith("{\"status\":true,");
            assertThat(web.post(root, "admin/invitation/generate", "{}", "text/csv")
                            .text())
                    .isEqualTo("{\"status\":false,\"message\":\"bad request\",\"data\":null}");
        }
    }

    @Test
    void anExportIsWrittenWhileItIsRead() throws IOException {
        try (WebApp web = new WebApp(folder)) {
            make(web, CodeKind.GIFT, "first", 1_500);
            Codes codes = codes(web);
            Response answer = CodeCsv.stored(
                    CodeKind.GIFT, after -> codes.unused(CodeKind.GIFT, after), web.accounts.users()::names);
            // What is made when the first bytes leave can only be in the file if the rest was not read yet.
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            OutputStream out = new OutputStream() {
                private @Nullable CodeBatch late;

                @Override
                public void write(int b) {
                    write(new byte[] {(byte) b}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int from, int length) {
                    late = late == null ? make(web, CodeKind.GIFT, "second", 5) : late;
                    written.write(bytes, from, length);
                }
            };

            ((StreamingOutput) answer.getEntity()).write(out);

            String text = written.toString(StandardCharsets.UTF_8);
            assertThat(text.split("\r\n")).hasSize(1 + 1_505);
            assertThat(text.lines().filter(line -> line.startsWith("second-"))).hasSize(5);
        }
    }

    @Test
    void administrationIsForAdministrators() {
        try (WebApp web = new WebApp(folder)) {
            User ann = web.user("ann");
            make(web, CodeKind.REDEEM, null, 1);
            for (String kind : new String[] {"invitation", "redeem"}) {
                for (String path : new String[] {"/list", "/export"}) {
                    assertThat(web.get(ann, "admin/" + kind + path).status()).isEqualTo(401);
                    assertThat(web.get(null, "admin/" + kind + path).status()).isEqualTo(401);
                }
                for (String path : new String[] {"/generate", "/delete"}) {
                    assertThat(web.post(ann, "admin/" + kind + path, "{}").status())
                            .isEqualTo(401);
                }
            }
            assertThat(web.get(web.admin("chief"), "admin/other/list").status()).isEqualTo(404);
        }
    }
}
