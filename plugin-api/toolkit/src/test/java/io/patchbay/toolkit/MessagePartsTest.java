package io.patchbay.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Next;
import io.patchbay.spi.chat.ChatRequest;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.TestChatCall;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MessagePartsTest {
    private static final String BODY = """
            {"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"Hi"},\
            {"type":"image_url","image_url":{"url":"https://example.com/a.png"}},\
            {"type":"input_audio","input_audio":{"data":"AA==","format":"wav"}}]}]}""";

    @Test
    void partsWithoutAPlaceAreReportedByTheirNames() {
        assertThat(lost("text")).containsExactly("messages.image_url", "messages.input_audio");
        assertThat(lost("text", "image")).containsExactly("messages.input_audio");
        assertThat(lost("text", "image", "input_audio")).isEmpty();
    }

    private static Set<String> lost(String... kept) {
        ChatRequest request = TestChatCall.of(BODY).request();
        return FlowDriver.silent()
                .run(turn -> {
                    RequestFields fields = RequestFields.of(request);
                    MessageParts.loseAllBut(fields, request.messages(), kept);
                    fields.reportRest(turn);
                    return Next.done();
                })
                .dropped();
    }
}
