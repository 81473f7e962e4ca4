package io.patchbay.billing.rest;

import static io.patchbay.billing.rest.CodeWeb.body;
import static io.patchbay.billing.rest.CodeWeb.make;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.accounts.User;
import io.patchbay.billing.code.CodeKind;
import io.patchbay.billing.code.CodeLimits;
import io.patchbay.billing.code.LogEar;
import io.patchbay.billing.rest.WebApp.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CodeResourceTest {
    private static final Pattern BATCH = Pattern.compile("\"batch\":\"([0-9A-Z]{26})\"");
    private static final Pattern NEW_CODE = Pattern.compile("\"(nio-[a-zA-Z0-9]{32}|[a-z]+-[a-zA-Z0-9]{24})\"");

    @TempDir
    private Path folder;

    @Test
    void aUserUsesCodesByGetAndByPost() {
        try (WebApp web = new WebApp(folder)) {
            User ann = web.user("ann");
            List<String> gifts = make(web, CodeKind.GIFT, "spring", 2).codes();
            List<String> more = make(web, CodeKind.GIFT, "summer", 1).codes();
            List<String> sold = make(web, CodeKind.REDEEM, null, 2).codes();

            String ok = "{\"status\":true,\"error\":\"success\",\"quota\":2.5}";
            assertThat(web.get(ann, "invite?code=" + gifts.get(0))).isEqualTo(new Answer(200, ok));
            assertThat(web.post(ann, "invite", body(more.get(0)))).isEqualTo(new Answer(200, ok));
            assertThat(web.get(ann, "redeem?code=" + sold.get(0))).isEqualTo(new Answer(200, ok));
            assertThat(web.post(ann, "redeem", body(" " + sold.get(1) + "\\n"))).isEqualTo(new Answer(200, ok));

            assertThat(web.get(ann, "quota").text()).isEqualTo("{\"status\":true,\"quota\":10}");
            assertThat(web.get(ann, "invite?code=" + gifts.get(0)).text())
                    .isEqualTo(refused("failed to use invitation: this invitation has been used"));
            assertThat(web.get(ann, "invite?code=" + gifts.get(1)).text())
                    .isEqualTo(refused("failed to use invitation: you have already used a code of this type"));
            assertThat(web.post(ann, "redeem", body(sold.get(0))).text())
                    .isEqualTo(refused("failed to use redeem code: this redeem code has been used"));
            assertThat(web.post(ann, "redeem", body(gifts.get(1))).text()).isEqualTo(refused("redeem code not found"));
            assertThat(web.get(ann, "invite?code=x").text()).isEqualTo(refused("invitation code not found"));
            assertThat(web.test.violations()).isEmpty();
        }
    }

    @Test
    void withoutACodeOrAUserNothingHappens() {
        try (WebApp web = new WebApp(folder)) {
            User ann = web.user("ann");
            String code = make(web, CodeKind.REDEEM, null, 1).codes().getFirst();
            String invalid = refused("invalid code");

            for (String path : new String[] {"invite", "redeem", "redeem?code=", "redeem?code=%20"}) {
                assertThat(web.get(ann, path)).as(path).isEqualTo(new Answer(200, invalid));
            }
            for (String json : new String[] {"", "{", "[]", "null", "{}", "{\"code\":null}", "{\"code\":{}}"}) {
                assertThat(web.post(ann, "redeem", json)).as(json).isEqualTo(new Answer(200, invalid));
            }
            String stranger = "{\"status\":false,\"error\":\"user not found\"}";
            assertThat(web.get(null, "redeem?code=" + code)).isEqualTo(new Answer(200, stranger));
            assertThat(web.post(null, "redeem", body(code))).isEqualTo(new Answer(200, stranger));
            assertThat(web.test.number("SELECT SUM(uses) FROM credit_code")).isZero();
        }
    }

    @Test
    void guessingIsStoppedForTenMinutes() {
        try (WebApp web = new WebApp(folder)) {
            User ann = web.user("ann");
            String good = make(web, CodeKind.REDEEM, null, 1).codes().getFirst();
            String tooMany = refused("too many codes were refused; please try again in ten minutes");

            for (int i = 0; i < CodeLimits.PER_USER; i++) {
                assertThat(web.post(ann, "redeem", body("nio-" + i)).text())
                        .isEqualTo(refused("redeem code not found"));
            }
            assertThat(web.post(ann, "redeem", body("nio-x")).text()).isEqualTo(tooMany);
            assertThat(web.post(ann, "redeem", body(good)).text()).isEqualTo(tooMany);
            assertThat(web.get(ann, "invite?code=x").text()).isEqualTo(tooMany);
            assertThat(web.post(web.user("bob"), "redeem", body("nio-x")).text())
                    .isEqualTo(refused("redeem code not found"));

            web.test.clock().advance(Duration.ofMinutes(10));
            assertThat(web.post(ann, "redeem", body(good)).text()).contains("\"status\":true");
        }
    }

    @Test
    void noLineOfTheLogTellsACode() {
        try (WebApp web = new WebApp(folder);
                LogEar log = new LogEar()) {
            User root = web.admin("chief");
            User ann = web.user("ann");
            String batch = found(BATCH, web.post(root, "admin/redeem/generate", "{\"quota\":1,\"number\":1}"));
            String code = found(NEW_CODE, web.get(root, "admin/redeem/list?search=" + batch));
            String gift = found(
                    NEW_CODE, web.post(root, "admin/invitation/generate", "{\"type\":\"a\",\"quota\":1,\"number\":1}"));

            web.get(ann, "redeem?code=" + code);
            web.get(ann, "redeem?code=" + code);
            web.post(ann, "invite", body(gift));
            web.post(ann, "invite", body(gift));
            web.post(ann, "redeem", body(gift));
            web.post(root, "admin/redeem/delete", body(code));
            web.get(root, "admin/redeem/export?batch=" + code);
            web.get(root, "admin/redeem/export?batch=" + batch);
            web.test.ledger().close();
            assertThat(web.get(ann, "redeem?code=" + code).status()).isEqualTo(503);

            assertThat(log.text()).contains("credit_code").doesNotContain(code).doesNotContain(gift);
            assertThat(web.accounts.audit().newest(Long.MAX_VALUE, 100).toString())
                    .contains("code.export")
                    .doesNotContain(code)
                    .doesNotContain(gift);
        }
    }

    private static String refused(String sentence) {
        return "{\"status\":false,\"error\":\"" + sentence + "\",\"quota\":0}";
    }

    private static String found(Pattern pattern, Answer answer) {
        return pattern.matcher(answer.text())
                .results()
                .map(result -> result.group(1))
                .findFirst()
                .orElseThrow(() -> new AssertionError(answer.text()));
    }
}
