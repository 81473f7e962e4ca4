package io.patchbay.plugin.zhipu;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Minted;
import io.patchbay.spi.Secret;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestChannel;
import io.patchbay.testkit.host.TestChatCall;
import io.patchbay.toolkit.sign.Jwt;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ZhipuTokenTest {
    private static final String KEY = "fakeid0123456789abcdef0123456789.FakeSecret0123ab";
    private static final String TOKEN = "eyJhbGciOiJIUzI1NiIsInNpZ25fdHlwZSI6IlNJR04ifQ."
            + "eyJhcGlfa2V5IjoiZmFrZWlkMDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODkiLCJleHAiOjE3MDQ0NDUyMDAwMDAsInRpbWVzdGFtcCI6MTcwNDQ0MTYwMDAwMH0."
            + "IpaSggtbfRQYH7FyN6yE9VlwHT4P-kLHyA5onvtciDo";
    private static final ZhipuChannelType ZHIPU = new ZhipuChannelType();

    @Test
    void theTokenIsSignedAsPublished() {
        FlowRun<Minted> run = FlowDriver.silent()
                // The driver's clock moves by one millisecond before the flow is entered.
                .startingAt(Instant.ofEpochMilli(1_704_441_599_999L))
                .run(mint(channel(KEY, "jwt")));

        Minted minted = run.events().getFirst();
        assertThat(minted.values().get("token")).isEqualTo(Secret.of(TOKEN));
        assertThat(minted.expires()).isEqualTo(Instant.ofEpochMilli(1_704_445_200_000L));
        assertThat(minted.renewAt()).isEqualTo(Instant.ofEpochMilli(1_704_444_900_000L));
    }

    @Test
    void theOtherHeaderIsSignedAsPublished() {
        JsonObject header = JsonObject.builder()
                .put("alg", "HS256")
                .put("typ", "JWT")
                .put("sign_type", "SIGN")
                .build();
        JsonObject claims = JsonObject.builder()
                .put("api_key", "fakeid0123456789abcdef0123456789")
                .put("exp", 1_704_445_200_000L)
                .put("timestamp", 1_704_441_600_000L)
                .build();

        assertThat(Jwt.hs256(header, claims, "FakeSecret0123ab"))
                .isEqualTo("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsInNpZ25fdHlwZSI6IlNJR04ifQ."
                        + "eyJhcGlfa2V5IjoiZmFrZWlkMDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODkiLCJleHAiOjE3MDQ0NDUyMDAwMDAsInRpbWVzdGFtcCI6MTcwNDQ0MTYwMDAwMH0."
                        + "MmF7-B4cC3YboKc-oMuTc-AqP2x548-PZ7MlWNdQw0A");
    }

    @Test
    void theKeyItselfIsSentUnlessATokenIsWanted() {
        assertThat(ZHIPU.mint(channel(KEY, "key"))).isNull();
        assertThat(authorization(channel(KEY, "key"))).isEqualTo("Bearer " + KEY);
    }

    @Test
    void aKeyThatIsNoPairIsSentAsItIs() {
        assertThat(ZHIPU.mint(channel("sk-without-a-dot", "jwt"))).isNull();
        assertThat(ZHIPU.mint(channel("a.b.c", "jwt"))).isNull();
        assertThat(authorization(channel("sk-without-a-dot", "jwt"))).isEqualTo("Bearer sk-without-a-dot");
    }

    @Test
    void aMintedTokenIsSentInPlaceOfTheKey() {
        TestChannel minted =
                channel(KEY, "jwt").toBuilder().minted("token", TOKEN).build();

        assertThat(authorization(minted)).isEqualTo("Bearer " + TOKEN);
    }

    @Test
    void anExpiredTokenIsStaleAndAKeyIsDead() {
        assertThat(chat(channel(KEY, "jwt")).fault().kind()).isEqualTo(FaultKind.KEY_STALE);
        assertThat(chat(channel(KEY, "key")).fault().kind()).isEqualTo(FaultKind.KEY_DEAD);
    }

    private static Flow<Minted> mint(TestChannel channel) {
        return Objects.requireNonNull(ZHIPU.mint(channel));
    }

    private static String authorization(TestChannel channel) {
        return chat(channel).sent().getFirst().header("authorization");
    }

    private static FlowRun<ChatEvent> chat(TestChannel channel) {
        return FlowDriver.answering(Reply.json(401, "{\"error\":{\"code\":\"1003\",\"message\":\"token expired\"}}"))
                .chat(ZHIPU.chat(TestChatCall.asking("glm-4", "Hi"), channel));
    }

    private static TestChannel channel(String key, String credential) {
        return TestChannel.builder(new ZhipuChannelType().descriptor(), "a")
                .secret("key", key)
                .option("credential", credential)
                .build();
    }
}
