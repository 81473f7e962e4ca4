package io.patchbay.billing.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Long texts, which are counted in pieces. */
final class PiecesTest {
    private static final EncodingRegistry TABLES = Encodings.newLazyEncodingRegistry();
    private static final Map<String, EncodingType> MODELS = Map.of(
            "davinci", EncodingType.R50K_BASE,
            "text-davinci-003", EncodingType.P50K_BASE,
            "gpt-4", EncodingType.CL100K_BASE,
            "gpt-4o", EncodingType.O200K_BASE);

    private final TokenCounter counter = new TokenCounter();

    private static long uncut(String model, String text) {
        return TABLES.getEncoding(MODELS.get(model)).countTokensOrdinary(Vocabulary.wellFormed(text));
    }

    private static List<String> cut(String text) {
        List<String> pieces = new ArrayList<>();
        for (int from = 0, to; from < text.length(); from = to) {
            to = Pieces.end(text, from);
            pieces.add(text.substring(from, to));
        }
        return pieces;
    }

    @Test
    void aPieceIsNeverTooLongAndNothingIsLost() {
        Random random = new Random(1);
        for (int round = 0; round < 200; round++) {
            String text = Texts.anything(random, random.nextInt(12_000));
            List<String> pieces = cut(text);
            assertThat(String.join("", pieces)).isEqualTo(text);
            assertThat(pieces).allMatch(piece -> !piece.isEmpty() && piece.length() <= Pieces.LONGEST);
        }
    }

    @Test
    void aPairOfSurrogatesStaysTogether() {
        for (String before : new String[] {"", "a"}) {
            assertThat(cut(before + "😀".repeat(10_000)))
                    .hasSizeGreaterThan(4)
                    .allMatch(piece -> !Character.isHighSurrogate(piece.charAt(piece.length() - 1)));
        }
    }

    @Test
    void cuttingProseChangesNoCount() {
        String text = Texts.prose(500_000, 2);
        MODELS.keySet().forEach(model -> assertThat(counter.text(model, text)).isEqualTo(uncut(model, text)));
    }

    @Test
    void cuttingProseOfAScriptWithoutBlanksChangesNoCount() {
        String text = "春天的早晨，小镇的街道上还没有什么人。面包店的老板正在打开木门，热气从屋里慢慢飘出来。".repeat(500);
        MODELS.keySet().forEach(model -> assertThat(counter.text(model, text)).isEqualTo(uncut(model, text)));
    }

    @Test
    void cuttingAtAWordsEndNeverChangesACount() {
        Random random = new Random(9);
        String padding = "x".repeat(Pieces.LONGEST / 2 + 100);
        for (int round = 0; round < 400; round++) {
            // The scraps lie where the cut is looked for; something there ends a word.
            String text =
                    padding + Texts.anything(random, 200) + "end. " + Texts.anything(random, 100) + "end " + padding;
            MODELS.keySet()
                    .forEach(model -> assertThat(counter.text(model, text)).isEqualTo(uncut(model, text)));
        }
    }

    @Test
    void cuttingARunWithoutWordsHardlyChangesTheCount() {
        for (String text : List.of(Texts.base64(200_000), "中".repeat(200_000), "!?".repeat(100_000))) {
            MODELS.keySet().forEach(model -> {
                long whole = uncut(model, text);
                assertThat(counter.text(model, text)).isBetween(whole - whole / 100, whole + whole / 100);
            });
        }
    }

    @Test
    void aMegabyteOfAnythingIsCountedSoon() {
        int length = 1_000_000;
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("letters", "a".repeat(length));
        texts.put("blanks", " ".repeat(length));
        texts.put("breaks", "\n".repeat(length));
        texts.put("marks", "!".repeat(length));
        texts.put("emoji", "😀".repeat(length / 2));
        texts.put("accents", "\u0301".repeat(length));
        texts.put("one sign", "中".repeat(length));
        texts.put("signs", Texts.random(length, 0x4e00, 0x9fff));
        texts.put("random letters", Texts.random(length, 'a', 'z'));
        texts.put("random characters", Texts.random(length, 0, 0xffff));
        texts.put("base64", Texts.base64(length));
        texts.put("prose", Texts.prose(length, 4));
        for (String model : MODELS.keySet()) {
            counter.text(model, "the table is read");
            texts.forEach((name, text) -> {
                long begun = System.nanoTime();
                long tokens = counter.text(model, text);
                assertThat(Duration.ofNanos(System.nanoTime() - begun))
                        .as("%s with %s", name, model)
                        .isLessThan(Duration.ofSeconds(8));
                assertThat(tokens).as("%s with %s", name, model).isBetween(length / 130L, 3L * length);
            });
        }
    }
}
