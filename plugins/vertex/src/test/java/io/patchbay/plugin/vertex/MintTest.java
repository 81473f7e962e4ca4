package io.patchbay.plugin.vertex;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Minted;
import io.patchbay.spi.json.Json;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.SentRequest;
import io.patchbay.testkit.host.TestChannel;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MintTest {
    private static final VertexChannelType VERTEX = new VertexChannelType();
    private static final KeyPair KEYS = Accounts.keys();
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final Reply TOKEN =
            Reply.json("{\"access_token\":\"ya29.fresh\",\"expires_in\":3599,\"token_type\":\"Bearer\"}");

    private static TestChannel channel(String file) {
        return TestChannel.builder(VERTEX.descriptor(), "a")
                .secret("account", file)
                .build();
    }

    private static FlowRun<Minted> mint(TestChannel channel, Reply answer) {
        return FlowDriver.answering(answer).startingAt(NOW).run(VERTEX.mint(channel));
    }

    private static String decoded(String base64Url) {
        return new String(Base64.getUrlDecoder().decode(base64Url), StandardCharsets.UTF_8);
    }

    @Test
    void aSignedStatementIsExchangedForAToken() throws Exception {
        FlowRun<Minted> run = mint(channel(Accounts.file("p-1", Accounts.pem(KEYS))), TOKEN);

        SentRequest sent = run.sent().getFirst();
        assertThat(sent.method() + " " + sent.url()).isEqualTo("POST https://oauth2.googleapis.com/token");
        assertThat(sent.header("content-type")).isEqualTo("application/x-www-form-urlencoded");
        String start = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=";
        assertThat(sent.text()).startsWith(start);
        String[] jwt = sent.text().substring(start.length()).split("\\.");
        assertThat(Json.parse(decoded(jwt[0])))
                .isEqualTo(Json.parse("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"key-1\"}"));
        long now = Json.parse(decoded(jwt[1])).longValue("iat", 0);
        assertThat(Instant.ofEpochSecond(now)).isBetween(NOW, NOW.plusSeconds(1));
        assertThat(Json.parse(decoded(jwt[1])))
                .isEqualTo(Json.parse(
                        "{\"iss\":\"robot@p-1.iam.gserviceaccount.com\",\"scope\":\"https://www.googleapis.com/auth/cloud-platform\",\"aud\":\"https://oauth2.googleapis.com/token\",\"iat\":"
                                + now + ",\"exp\":" + (now + 3_600) + "}"));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(KEYS.getPublic());
        signature.update((jwt[0] + "." + jwt[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(jwt[2]))).isTrue();
    }

    @Test
    void theTokenIsRenewedFiveMinutesBeforeItsEnd() {
        Minted minted = mint(channel(Accounts.file("p-1", Accounts.pem(KEYS))), TOKEN)
                .events()
                .getFirst();

        assertThat(minted.values().get("token").reveal()).isEqualTo("ya29.fresh");
        assertThat(minted.expires()).isBetween(NOW.plusSeconds(3_599), NOW.plusSeconds(3_600));
        assertThat(minted.renewAt()).isEqualTo(minted.expires().minusSeconds(300));
    }

    @Test
    void aTokenOfAFewMinutesIsStillOfUse() {
        Minted minted = mint(
                        channel(Accounts.file("p-1", Accounts.pem(KEYS))),
                        Reply.json("{\"access_token\":\"a\",\"expires_in\":200}"))
                .events()
                .getFirst();

        assertThat(minted.renewAt()).isAfter(NOW).isBefore(minted.expires());
    }

    @Test
    void escapedLineBreaksInTheKeyAreUnderstood() {
        String escaped = Accounts.pem(KEYS).replace("\n", "\\n");

        assertThat(mint(channel(Accounts.file("p-1", escaped)), TOKEN).ending()).isEqualTo(FlowRun.Ending.DONE);
    }

    @Test
    void aServerInGooglesPlaceMakesTheTokensUnlessTheFileSaysWhere() {
        String silent = Accounts.file("p-1", Accounts.pem(KEYS))
                .replace(",\"token_uri\":\"https://oauth2.googleapis.com/token\"", "");
        TestChannel own = channel(silent).toBuilder()
                .endpoint("https://gateway.example/v1")
                .build();

        assertThat(mint(own, TOKEN).sent().getFirst().url()).isEqualTo("https://gateway.example/token");
        assertThat(mint(channel(silent), TOKEN).sent().getFirst().url())
                .isEqualTo("https://oauth2.googleapis.com/token");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | invalid_grant | Invalid JWT Signature. | KEY_DEAD",
                "400 | invalid_grant | Invalid grant: account not found | KEY_DEAD",
                "400 | invalid_grant | Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim. | CLOCK",
                "401 | invalid_client | The OAuth client was not found. | KEY_DEAD",
                "503 | backend | Try later | RETRY",
                "200 | | | UPSTREAM"
            })
    void refusalsAreToldApart(int status, String error, String words, FaultKind expected) {
        Reply refusal = Reply.json(
                status, error == null ? "{}" : "{\"error\":\"" + error + "\",\"error_description\":\"" + words + "\"}");

        assertThat(mint(channel(Accounts.file("p-1", Accounts.pem(KEYS))), refusal)
                        .fault())
                .extracting(Fault::kind)
                .isEqualTo(expected);
    }

    @Test
    void aPrivateKeyThatIsNoneIsTheOperatorsFaultAndIsNotQuoted() {
        FlowRun<Minted> run = mint(channel(Accounts.file("p-1", "not-a-key")), TOKEN);

        assertThat(run.fault()).extracting(Fault::kind).isEqualTo(FaultKind.CONFIG);
        assertThat(run.fault().message()).doesNotContain("not-a-key");
        assertThat(run.sent()).isEmpty();
    }
}
