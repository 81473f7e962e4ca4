package io.patchbay.plugin.zhipu;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.json.Json;
import io.patchbay.spi.media.ImageEvent;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestCalls;
import io.patchbay.testkit.host.TestChannel;
import org.junit.jupiter.api.Test;

final class CogViewTest {
    private static final TestChannel CHANNEL =
            TestChannel.builder(new ZhipuChannelType().descriptor(), "a").build();

    @Test
    void eachPictureIsAnOrderOfItsOwn() {
        FlowRun<ImageEvent> run =
                run("{\"model\":\"cogview-4\",\"prompt\":\"sea\",\"n\":2,\"size\":\"1024x1024\",\"quality\":\"high\","
                        + "\"user\":\"user-17\"}");

        assertThat(run.sent()).hasSize(2);
        assertThat(run.sent().get(1).url()).isEqualTo("https://open.bigmodel.cn/api/paas/v4/images/generations");
        assertThat(run.sent().get(1).json())
                .isEqualTo(Json.parse("{\"model\":\"cogview-4\",\"prompt\":\"sea\",\"size\":\"1024x1024\","
                        + "\"quality\":\"hd\",\"user_id\":\"user-17\"}"));
        assertThat(run.events()).hasSize(2);
        assertThat(run.dropped()).isEmpty();
    }

    @Test
    void whatTheVendorDoesNotKnowIsReported() {
        FlowRun<ImageEvent> run =
                run("{\"model\":\"cogview-4\",\"prompt\":\"sea\",\"size\":\"auto\",\"quality\":\"auto\",\"user\":\"u\","
                        + "\"style\":\"vivid\",\"response_format\":\"b64_json\"}");

        assertThat(run.sent().getFirst().json())
                .isEqualTo(Json.parse("{\"model\":\"cogview-4\",\"prompt\":\"sea\",\"quality\":\"standard\"}"));
        assertThat(run.dropped()).containsExactlyInAnyOrder("response_format", "style", "user");
    }

    private static FlowRun<ImageEvent> run(String call) {
        FlowRun<ImageEvent> run = FlowDriver.answering(
                        Reply.json("{\"data\":[{\"url\":\"https://pictures.example/1.png\"}]}"))
                .run(new ZhipuChannelType().images(TestCalls.image(call), CHANNEL));
        assertThat(run.mistakes()).isEmpty();
        return run;
    }
}
