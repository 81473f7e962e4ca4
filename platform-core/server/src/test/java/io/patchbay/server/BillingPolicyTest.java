package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.accounts.User;
import io.patchbay.billing.ledger.Actor;
import io.patchbay.billing.ledger.Charge;
import io.patchbay.billing.ledger.Ledger;
import io.patchbay.billing.ledger.LedgerAudit;
import io.patchbay.billing.ledger.LedgerEntry;
import io.patchbay.billing.policy.BillingPolicy;
import io.patchbay.billing.policy.BillingPolicy.Charging;
import io.patchbay.billing.policy.BillingPolicy.Spent;
import io.patchbay.billing.price.PriceRule;
import io.patchbay.billing.receipt.Receipts;
import io.patchbay.server.TestServer.Client.Reply;
import io.patchbay.testkit.upstream.ChatAnswer;
import io.patchbay.testkit.upstream.OpenAiScripts;
import io.patchbay.testkit.upstream.Script;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is charged when a call does not end well, for each choice the site has. One credit is one token of output. */
final class BillingPolicyTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String MODEL = "metered";
    private static final long CREDIT = 1_000_000;

    @TempDir
    private static Path home;

    private static ScriptedUpstream upstream;
    private static TestServer server;
    private static String key;
    private static long user;

    @BeforeAll
    static void start() {
        upstream = ScriptedUpstream.start();
        server = TestServer.start(home);
        key = server.client().prepare(upstream.endpoint(), "m", MODEL);
        server.patchbay()
                .parts()
                .prices()
                .sync(
                        List.of(new PriceRule(
                                -1,
                                "token-billing",
                                List.of(MODEL),
                                BigDecimal.ZERO,
                                BigDecimal.valueOf(1_000),
                                false)),
                        true);
        user = server.patchbay()
                .parts()
                .accounts()
                .users()
                .findByUsername("root")
                .map(User::id)
                .orElseThrow();
    }

    @AfterAll
    static void stop() {
        server.close();
        upstream.close();
    }

    @BeforeEach
    void usual() {
        server.client().mend();
        policy(BillingPolicy.DEFAULT);
        balance(5_000);
    }

    @AfterEach
    void theLedgerIsSound() {
        ended();
        assertThat(new LedgerAudit(server.patchbay().parts().database()).violations())
                .isEmpty();
        assertThat(new Receipts(ledger(), server.patchbay().parts().prices()).disagreements())
                .isEmpty();
    }

    @Test
    void anAnswerThatOutgrowsTheCreditsIsStoppedAndTheDeliveredPartCharged() {
        balance(1_200);
        upstream.once("POST", CHAT, OpenAiScripts.words("m", 6_000).paced(Duration.ofMillis(1)));

        Reply reply = chat(true);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body())
                .contains("\"insufficient_quota\"")
                .contains("user quota is not enough error (model: metered, minimum quota: ")
                .doesNotContain("[DONE]");
        upstream.awaitCancelled(1);
        LedgerEntry charge = charged(reply);
        assertThat(charge.reason()).isEqualTo("stopped: credits spent");
        assertThat(-charge.micro()).isBetween(1_000 * CREDIT, 2_400 * CREDIT);
        assertThat(ledger().balance(user).owned()).isBetween(-1_200 * CREDIT, 200 * CREDIT);
    }

    @Test
    void anAnswerThatOutgrowsTheCreditsGoesOnWhereTheSiteWantsIt() {
        policy(new BillingPolicy(null, null, null, Spent.GO_ON));
        balance(1_200);
        upstream.once("POST", CHAT, OpenAiScripts.words("m", 6_000));

        Reply reply = chat(true);

        assertThat(reply.body()).contains("[DONE]").doesNotContain("insufficient_quota");
        LedgerEntry charge = charged(reply);
        assertThat(charge.writtenOff()).isPositive();
        assertThat(ledger().balance(user).owned()).isGreaterThanOrEqualTo(-1_200 * CREDIT);
    }

    @Test
    void anAnswerWithinTheCreditsHoldsMoreAndIsNotStopped() {
        balance(20_000);
        upstream.once("POST", CHAT, OpenAiScripts.words("m", 3_000).paced(Duration.ofMillis(1)));

        Reply reply = chat(true);

        assertThat(reply.body()).contains("[DONE]");
        Charge charge = ledger().charge(reply.header("X-Request-Id")).orElseThrow();
        assertThat(charge.held()).as("what was held grew with the answer").isGreaterThan(1_000 * CREDIT);
        assertThat(charged(reply).writtenOff()).isZero();
    }

    @Test
    void anAnswerThatIsNotStreamedIsNotStopped() {
        balance(1_200);
        upstream.once("POST", CHAT, OpenAiScripts.words("m", 3_000));

        Reply reply = chat(false);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(charged(reply).writtenOff()).isPositive();
    }

    @Test
    void aBrokenAnswerIsChargedForWhatWasProduced() {
        upstream.once("POST", CHAT, broken());

        assertThat(charged(chat(true)).micro()).isNegative();
    }

    @Test
    void aBrokenAnswerIsFreeWhereTheSiteWantsIt() {
        policy(new BillingPolicy(null, Charging.FREE, null, null));
        upstream.once("POST", CHAT, broken());

        Reply reply = chat(true);

        assertThat(outcome(reply).kind()).isEqualTo(LedgerEntry.Kind.RELEASE);
        assertThat(reply.body()).contains("word ");
    }

    @Test
    void aClientThatLeavesIsChargedForWhatWasProduced() throws Exception {
        leaveInTheMiddle();

        assertThat(newest().kind()).isEqualTo(LedgerEntry.Kind.SETTLE);
        assertThat(newest().micro()).isNegative();
    }

    @Test
    void aClientThatLeavesPaysNothingWhereTheSiteWantsIt() throws Exception {
        policy(new BillingPolicy(Charging.FREE, null, null, null));

        leaveInTheMiddle();

        assertThat(newest().kind()).isEqualTo(LedgerEntry.Kind.RELEASE);
    }

    @Test
    void anEmptyAnswerIsFree() {
        upstream.once("POST", CHAT, OpenAiScripts.text("m").usagePlace(ChatAnswer.UsagePlace.NEVER));

        assertThat(outcome(chat(true)).kind()).isEqualTo(LedgerEntry.Kind.RELEASE);
    }

    @Test
    void anEmptyAnswerCostsItsPromptWhereTheSiteWantsIt() {
        policy(new BillingPolicy(null, null, Charging.CHARGE, null));
        upstream.once("POST", CHAT, OpenAiScripts.text("m").usagePlace(ChatAnswer.UsagePlace.NEVER));

        LedgerEntry charge = charged(chat(true));

        assertThat(charge.usage()).isNotNull();
        assertThat(charge.usage().input()).isPositive();
    }

    private static Script broken() {
        String chunk = "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
                + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word \"},\"finish_reason\":null}]}";
        return Script.answer().sse(chunk, chunk).endWithoutMarker();
    }

    private static Reply chat(boolean stream) {
        return server.client().send("POST", CHAT, body(stream), key);
    }

    private static String body(boolean stream) {
        return "{\"model\":\"" + MODEL + "\",\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    }

    private static void leaveInTheMiddle() throws IOException {
        upstream.once("POST", CHAT, OpenAiScripts.words("m", 2_000).paced(Duration.ofMillis(5)));
        byte[] body = body(true).getBytes(StandardCharsets.UTF_8);
        String head = "POST " + CHAT + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + key
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n";
        try (Socket socket = new Socket("127.0.0.1", server.uri().getPort())) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(body);
            InputStream in = socket.getInputStream();
            StringBuilder seen = new StringBuilder();
            while (!seen.toString().contains("\"content\"")) {
                seen.append((char) in.read());
            }
        }
        ended();
    }

    private static void policy(BillingPolicy policy) {
        server.client().post("/api/admin/billing/policy", policy);
    }

    private static void balance(long credits) {
        ledger().setBalance(user, credits * CREDIT, Actor.SERVER, "test");
    }

    private static Ledger ledger() {
        return server.patchbay().parts().ledger();
    }

    private static void ended() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> server.patchbay().parts().relay().metrics().active() == 0);
    }

    private static LedgerEntry newest() {
        return ledger().entries(user, Long.MAX_VALUE, 1).getFirst();
    }

    private static LedgerEntry outcome(Reply reply) {
        ended();
        return ledger().charge(reply.header("X-Request-Id"))
                .map(Charge::outcome)
                .orElseThrow();
    }

    private static LedgerEntry charged(Reply reply) {
        LedgerEntry outcome = outcome(reply);
        assertThat(outcome.kind()).isEqualTo(LedgerEntry.Kind.SETTLE);
        return outcome;
    }
}
