package io.patchbay.plugin.ernie;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Minted;
import io.patchbay.spi.Secret;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.SentRequest;
import io.patchbay.testkit.host.TestChannel;
import io.patchbay.testkit.host.TestChatCall;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class TokensTest {
    private static final ErnieChannelType ERNIE = new ErnieChannelType();

    @Test
    void thePairOfTheOldApiIsChangedIntoATokenOfThirtyDays() {
        FlowRun<Minted> run = FlowDriver.answering(Reply.json("{\"access_token\":\"24.new\",\"expires_in\":2592000}"))
                .startingAt(Instant.parse("2026-11-01T00:00:00Z"))
                .run(mint(Channels.old("a")));

        SentRequest sent = run.sent().getFirst();
        assertThat(sent.method() + " " + sent.url())
                .isEqualTo("POST https://aip.baidubce.com/oauth/2.0/token?grant_type=client_credentials"
                        + "&client_id=apiKey-a-0123456789&client_secret=secretKey-a-0123456789");
        Minted minted = run.events().getFirst();
        assertThat(minted.values()).isEqualTo(Map.of("token", Secret.of("24.new")));
        assertThat(minted.expires()).isBetween("2026-12-01T00:00:00Z", "2026-12-01T00:00:01Z");
        assertThat(minted.renewAt()).isEqualTo(minted.expires().minusSeconds(3600));
    }

    @Test
    void aShortLifeIsRenewedInTheMiddle() {
        Minted minted = FlowDriver.answering(Reply.json("{\"access_token\":\"24.new\",\"expires_in\":1000}"))
                .run(mint(Channels.old("a")))
                .events()
                .getFirst();

        assertThat(minted.renewAt()).isEqualTo(minted.expires().minusSeconds(500));
    }

    @Test
    void cloudKeysSignForAKeyOfTheCurrentApiAsPublished() {
        FlowRun<Minted> run = FlowDriver.answering(Reply.json("{\"userId\":\"u\",\"token\":\"bce-v3/ALTAK-x/y\"}"))
                .startingAt(Instant.parse("2024-01-05T08:00:00Z"))
                .run(mint(Channels.paired("a")));

        SentRequest sent = run.sent().getFirst();
        assertThat(sent.method() + " " + sent.url())
                .isEqualTo("GET https://iam.bj.baidubce.com/v1/BCE-BEARER/token?expireInSeconds=86400");
        assertThat(sent.header("authorization"))
                .isEqualTo("bce-auth-v1/fakeBceAccessKey/2024-01-05T08:00:00Z/1800/host/"
                        + "20e721530ac2e957164961461aa661306531a045beb15017190b93d3b93b74d9");
        assertThat(run.events().getFirst().values()).isEqualTo(Map.of("token", Secret.of("bce-v3/ALTAK-x/y")));
    }

    @Test
    void aWrongPairIsADeadKey() {
        FlowRun<Minted> run = FlowDriver.answering(
                        Reply.json("{\"error\":\"invalid_client\",\"error_description\":\"unknown client id\"}"))
                .run(mint(Channels.old("a")));

        assertThat(run.fault().kind()).isEqualTo(FaultKind.KEY_DEAD);
        assertThat(run.fault().message()).isEqualTo("unknown client id");
    }

    @Test
    void aKeyOfTheCurrentApiIsSentAsItIs() {
        assertThat(ERNIE.mint(Channels.current("a"))).isNull();
        assertThat(chat(Channels.current("a"), Reply.json(404, "{}"))
                        .sent()
                        .getFirst()
                        .header("authorization"))
                .isEqualTo("Bearer bce-v3/ALTAK-a/0123456789abcdef");
    }

    @Test
    void aMintedKeyThatIsRefusedIsStaleAndNotDead() {
        Reply refusal = Reply.json(401, "{\"error\":{\"code\":\"invalid_iam_token\",\"message\":\"expired\"}}");

        FlowRun<ChatEvent> run = chat(Channels.paired("a"), refusal);

        assertThat(run.sent().getFirst().header("authorization")).isEqualTo("Bearer bce-v3/minted-a");
        assertThat(run.fault().kind()).isEqualTo(FaultKind.KEY_STALE);
        assertThat(chat(Channels.current("a"), refusal).fault().kind()).isEqualTo(FaultKind.KEY_DEAD);
    }

    private static Flow<Minted> mint(TestChannel channel) {
        return Objects.requireNonNull(ERNIE.mint(channel));
    }

    private static FlowRun<ChatEvent> chat(TestChannel channel, Reply reply) {
        return FlowDriver.answering(reply).chat(ERNIE.chat(TestChatCall.asking("ernie-5.1", "Hi"), channel));
    }
}
