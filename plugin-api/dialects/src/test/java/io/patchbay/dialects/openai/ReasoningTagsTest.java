package io.patchbay.dialects.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.dialects.ChatDecoder;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Profile;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReasoningTagsTest {
    private static final Profile TAGGED =
            Profile.builder().reasoningTag("think").reasoningTag("thought").build();

    @Test
    void reasoningInATagAtTheBeginningIsTakenOutHoweverItIsCut() {
        String content = "\n<think>\nTwo < three.\n</think>\n\n4 < 5, see <think>";
        for (int cut = 0; cut <= content.length(); cut++) {
            List<ChatEvent> events =
                    decode(TAGGED, delta(content.substring(0, cut)), delta(content.substring(cut)), END);

            assertThat(reasoning(events)).as("cut at " + cut).isEqualTo("Two < three.");
            assertThat(text(events)).as("cut at " + cut).isEqualTo("4 < 5, see <think>");
            assertThat(events.getLast()).isEqualTo(new ChatEvent.Finish("stop"));
        }
    }

    @Test
    void everyCharacterByItselfGivesTheSame() {
        List<String> chunks = new ArrayList<>();
        "<thought>a b</thought> c".chars().forEach(letter -> chunks.add(delta(Character.toString(letter))));
        chunks.add(END);

        List<ChatEvent> events = decode(TAGGED, chunks.toArray(String[]::new));

        assertThat(reasoning(events)).isEqualTo("a b");
        assertThat(text(events)).isEqualTo("c");
    }

    @Test
    void contentWithoutATagIsTextToTheLastCharacter() {
        assertThat(text(decode(TAGGED, delta(" <"), delta("thin"), delta("g> </think>"), END)))
                .isEqualTo(" <thing> </think>");
        assertThat(text(decode(TAGGED, delta("<thi"), END))).isEqualTo("<thi");
        assertThat(text(decode(TAGGED, delta(" "), END))).isEqualTo(" ");
    }

    @Test
    void aTagThatIsNeverClosedHoldsReasoningOnly() {
        List<ChatEvent> events = decode(TAGGED, delta("<think>and so"), delta(" on </thin"), END);

        assertThat(reasoning(events)).isEqualTo("and so on </thin");
        assertThat(text(events)).isEmpty();
    }

    @Test
    void aTaggedCopyOfReasoningThatCameByItselfIsLeftOut() {
        String own = "{\"choices\":[{\"index\":0,\"delta\":{\"reasoning_content\":\"Hm.\"}}]}";

        List<ChatEvent> events = decode(TAGGED, own, delta("<think>Hm.</think>Hi"), END);

        assertThat(reasoning(events)).isEqualTo("Hm.");
        assertThat(text(events)).isEqualTo("Hi");
    }

    @Test
    void aWholeAnswerIsReadTheSameWay() {
        List<ChatEvent> events = new ArrayList<>();
        ChatDecoder decoder = Transcript.CODEC.wholeDecoder(TAGGED);

        decoder.on(
                "",
                utf8("{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"<think>Hm.</think>\\nHi\"},"
                        + "\"finish_reason\":\"stop\"}]}"),
                events::add);
        decoder.end(events::add);

        assertThat(reasoning(events)).isEqualTo("Hm.");
        assertThat(text(events)).isEqualTo("Hi");
        assertThat(decoder.facts().fault()).isNull();
        assertThat(decoder.facts().tally().characters()).isEqualTo(5);
    }

    @Test
    void withoutTheProfileTagsAreText() {
        assertThat(text(decode(Profile.STANDARD, delta("<think>a</think>b"), END)))
                .isEqualTo("<think>a</think>b");
    }

    @Test
    void aMemberOfTheProfileHoldsReasoningWhetherItRepeatsItselfOrNot() {
        Profile profile = Profile.builder().reasoningMember("reasoning_details").build();

        assertThat(reasoning(
                        decode(profile, details("Let"), details("Let me"), details("Let me see."), delta("4"), END)))
                .isEqualTo("Let me see.");
        assertThat(reasoning(decode(profile, details("Let"), details(" me"), details(" see."), delta("4"), END)))
                .isEqualTo("Let me see.");
        assertThat(decode(profile, details("Let"), END))
                .anyMatch(event -> event instanceof ChatEvent.Extra extra
                        && extra.members().has("reasoning_details"));
    }

    @Test
    void onlySuchProfilesHaveAnswersRewritten() {
        assertThat(TAGGED.rewritesAnswers()).isTrue();
        assertThat(Profile.builder().reasoningMember("thoughts").build().rewritesAnswers())
                .isTrue();
        assertThat(Profile.STANDARD.rewritesAnswers()).isFalse();
    }

    private static final String END = "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}";

    private static String delta(String content) {
        return "{\"choices\":[{\"index\":0,\"delta\":{\"content\":" + new JsonString(content).toJson() + "}}]}";
    }

    private static String details(String text) {
        return "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\",\"reasoning_details\":[{\"type\":\"reasoning.text\","
                + "\"index\":0,\"text\":" + new JsonString(text).toJson() + "}]}}]}";
    }

    private static List<ChatEvent> decode(Profile profile, String... chunks) {
        ChatDecoder decoder = Transcript.CODEC.decoder(profile);
        List<ChatEvent> events = new ArrayList<>();
        for (String chunk : chunks) {
            decoder.on("", utf8(chunk), events::add);
        }
        decoder.on("", utf8("[DONE]"), events::add);
        decoder.end(events::add);
        assertThat(decoder.facts().fault()).isNull();
        return events;
    }

    private static Bytes utf8(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Bytes.of(bytes, 0, bytes.length);
    }

    private static String text(List<ChatEvent> events) {
        StringBuilder all = new StringBuilder();
        events.forEach(event -> all.append(event instanceof ChatEvent.Text text ? text.text() : ""));
        return all.toString();
    }

    private static String reasoning(List<ChatEvent> events) {
        StringBuilder all = new StringBuilder();
        events.forEach(event -> all.append(event instanceof ChatEvent.Reasoning thought ? thought.text() : ""));
        return all.toString();
    }
}
