package io.patchbay.plugin.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.SentRequest;
import io.patchbay.testkit.host.TestCalls;
import io.patchbay.testkit.host.TestChannel;
import io.patchbay.testkit.host.TestChatCall;
import org.junit.jupiter.api.Test;

final class ResourceTest {
    private static final TestChannel NEW = TestChannel.builder()
            .endpoint("https://mine.openai.azure.com/")
            .secret(Resource.KEY, "azure-key-0001")
            .secret(Resource.ADDRESS, "")
            .option(Resource.VERSION, "2024-10-21")
            .option(Resource.DOTS, "true")
            .build();

    private static SentRequest asked(TestChannel channel, String model) {
        return FlowDriver.answering(Reply.json(404, "{}"))
                .chat(new AzureChannelType().chat(TestChatCall.asking(model, "Hi"), channel))
                .sent()
                .getFirst();
    }

    @Test
    void theClassicSurfaceNamesTheDeploymentInTheAddress() {
        SentRequest sent = asked(NEW, "gpt-3.5-turbo");

        assertThat(sent.url())
                .isEqualTo(
                        "https://mine.openai.azure.com/openai/deployments/gpt-35-turbo/chat/completions?api-version=2024-10-21");
        assertThat(sent.header("api-key")).isEqualTo("azure-key-0001");
        assertThat(sent.header("authorization")).isNull();
    }

    @Test
    void theSeedsWayRoundIsUnderstood() {
        TestChannel seed = NEW.toBuilder()
                .endpoint("2023-12-01-preview")
                .secret(Resource.ADDRESS, "https://old.openai.azure.com")
                .build();

        assertThat(asked(seed, "gpt-4").url())
                .isEqualTo(
                        "https://old.openai.azure.com/openai/deployments/gpt-4/chat/completions?api-version=2023-12-01-preview");
    }

    @Test
    void theNewerSurfaceNamesItInTheBody() {
        TestChannel v1 = NEW.toBuilder().option(Resource.VERSION, "v1").build();
        SentRequest sent = asked(v1, "gpt-4.1");

        assertThat(sent.url()).isEqualTo("https://mine.openai.azure.com/openai/v1/chat/completions");
        assertThat(sent.json().string("model")).isEqualTo("gpt-4.1");
    }

    @Test
    void dotsStayWhereDeploymentsHaveThem() {
        TestChannel dotted = NEW.toBuilder().option(Resource.DOTS, "false").build();

        assertThat(asked(dotted, "gpt-4.1").path()).isEqualTo("/openai/deployments/gpt-4.1/chat/completions");
    }

    @Test
    void picturesGoToTheDeploymentToo() {
        SentRequest sent = FlowDriver.answering(Reply.json(404, "{}"))
                .run(new AzureChannelType()
                        .images(TestCalls.image("{\"model\":\"dall-e-3\",\"prompt\":\"a hill\"}"), NEW))
                .sent()
                .getFirst();

        assertThat(sent.path()).isEqualTo("/openai/deployments/dall-e-3/images/generations");
    }
}
