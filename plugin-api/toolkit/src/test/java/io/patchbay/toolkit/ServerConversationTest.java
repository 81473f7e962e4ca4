package io.patchbay.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Memo;
import io.patchbay.spi.Next;
import io.patchbay.spi.chat.ChatMessage;
import io.patchbay.spi.chat.ChatRequest;
import io.patchbay.testkit.host.FlowDriver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ServerConversationTest {
    private static final Memo MEMO = Memo.ofConversation("conversation");

    @Test
    void aConversationNobodyRemembersIsSentWhole() {
        ServerConversation.Part part = resumed(Map.of(), "user:Hi", "assistant:Hello", "user:Weather?");

        assertThat(part.isContinued()).isFalse();
        assertThat(part.messages()).extracting(ChatMessage::text).containsExactly("Hi", "Hello", "Weather?");
    }

    @Test
    void theNextQuestionContinuesWhatIsRemembered() {
        Map<Memo, String> memory = remembered("v1", "system:Be brief.", "user:Hi");

        ServerConversation.Part part =
                resumed(memory, "system:Be brief.", "user:Hi", "assistant:Hello", "user:Weather?");

        assertThat(part.id()).isEqualTo("v1");
        assertThat(part.messages()).extracting(ChatMessage::text).containsExactly("Weather?");
    }

    @Test
    void aHistoryCutAtItsBeginningStillContinues() {
        Map<Memo, String> memory = remembered("v1", "user:Hi", "assistant:Hello", "user:Weather?");

        ServerConversation.Part part = resumed(memory, "user:Weather?", "assistant:Rain.", "user:Tomorrow?");

        assertThat(part.id()).isEqualTo("v1");
    }

    @Test
    void aQuestionAskedAgainOrChangedBeginsAnew() {
        Map<Memo, String> memory = remembered("v1", "user:Hi", "assistant:Hello", "user:Weather?");

        assertThat(resumed(memory, "user:Hi", "assistant:Hello", "user:Weather?")
                        .id())
                .isNull();
        assertThat(resumed(memory, "user:Hi", "assistant:Hello", "user:Sports?").id())
                .isNull();
        assertThat(resumed(memory, "user:Weather?").id()).isNull();
    }

    @Test
    void whatCannotBeReadOrSaysNothingNewIsSentWhole() {
        assertThat(resumed(Map.of(MEMO, "nonsense"), "user:Hi", "assistant:Hello", "user:Weather?")
                        .id())
                .isNull();
        assertThat(resumed(remembered("v1", "user:Hi"), "user:Hi", "assistant:Hel")
                        .id())
                .isNull();
    }

    @Test
    void oneTextSaysWhoSaidWhatWhereSeveralSpoke() {
        assertThat(resumed(Map.of(), "user:Hi").text()).isEqualTo("Hi");
        assertThat(resumed(Map.of(), "system:Be brief.", "user:Hi").text()).isEqualTo("Be brief.\n\n\nHi");
        assertThat(resumed(Map.of(), "user:Hi", "assistant:Hello", "user:Weather?")
                        .text())
                .isEqualTo("user: Hi\n\nassistant: Hello\n\nuser: Weather?");
    }

    @Test
    void anEmptyIdIsNotRemembered() {
        assertThat(remembered("", "user:Hi")).isEmpty();
    }

    private static Map<Memo, String> remembered(String id, String... messages) {
        return FlowDriver.silent()
                .run(turn -> {
                    ServerConversation.of(MEMO, request(messages)).remember(turn, id);
                    return Next.done();
                })
                .remembered();
    }

    private static ServerConversation.Part resumed(Map<Memo, String> memory, String... messages) {
        List<ServerConversation.Part> parts = new ArrayList<>();
        FlowDriver.silent()
                .remembering(memory)
                .run(turn -> ServerConversation.of(MEMO, request(messages)).resume(part -> {
                    parts.add(part);
                    return Next.done();
                }));
        assertThat(parts).hasSize(1);
        return parts.getFirst();
    }

    private static ChatRequest request(String... messages) {
        ChatRequest.Builder request = ChatRequest.builder();
        for (String message : messages) {
            int colon = message.indexOf(':');
            request.message(ChatMessage.of(message.substring(0, colon), message.substring(colon + 1)));
        }
        return request.build();
    }
}
