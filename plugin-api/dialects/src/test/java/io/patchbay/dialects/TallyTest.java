package io.patchbay.dialects;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Bytes;
import io.patchbay.spi.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TallyTest {
    private static final Map<String, String> SAMPLES = Map.of(
            "English", """
                    The lighthouse had been dark for eleven years when the new keeper arrived, carrying two suitcases and a
                    letter nobody had asked for. She climbed the stairs slowly, counting each step aloud, and wondered whether
                    anyone on the mainland would notice if the lamp burned again. Below, the tide was turning.""",
            "German", """
                    Der neue Bahnhof wurde im vergangenen Herbst eröffnet, obwohl die Bauarbeiten an der Unterführung noch nicht
                    abgeschlossen waren. Viele Fahrgäste beschwerten sich über fehlende Wegweiser und überfüllte Bahnsteige,
                    während die Verwaltung auf außergewöhnliche Umstände verwies.""",
            "Chinese", """
                    春天的早晨，小镇的街道上还没有什么人。面包店的老板正在打开木门，热气从屋里慢慢飘出来。邮递员骑着自行车经过，
                    向他点了点头。远处的山上还有一点雪，但是河边的柳树已经绿了。孩子们很快就要去上学了。""",
            "Russian", """
                    Старый мост через реку закрыли ещё весной, и теперь жителям посёлка приходится ехать в объезд почти сорок минут.
                    Инженеры обещают закончить ремонт до первых заморозков, но в это мало кто верит.""",
            "Java", """
                    public static int find(List<String> names, String wanted) {
                        for (int i = 0; i < names.size(); i++) {
                            if (names.get(i).equals(wanted)) {
                                return i;
                            }
                        }
                        return -1;
                    }
                    """,
            "JSON", """
                    {"city":"Oslo","days":[1,2,3],"units":"metric","include":{"wind":true,"humidity":false},"limit":25}""",
            "Japanese", """
                    駅前の小さな喫茶店では、毎朝七時になるとコーヒーの香りが広がります。常連の客は窓際の席に座り、新聞を読みながら
                    ゆっくりと時間を過ごします。""",
            "Spanish", """
                    La panadería de la esquina abrió sus puertas antes del amanecer, como todos los días desde hacía treinta años.
                    El olor del pan recién hecho llenaba la calle y despertaba a los vecinos.""");

    /** What the o200k vocabulary makes of the samples. */
    private static final Map<String, Integer> TOKENS = Map.of(
            "English",
            62,
            "German",
            58,
            "Spanish",
            40,
            "Russian",
            54,
            "Chinese",
            82,
            "Japanese",
            61,
            "Java",
            56,
            "JSON",
            32);

    @Test
    void estimatesTokensOfCommonTextsWithinAQuarter() {
        SAMPLES.forEach((language, text) -> {
            Tally tally = new Tally();
            tally.add(text);
            int tokens = TOKENS.getOrDefault(language, 0);
            assertThat(tally.estimateTokens()).as(language).isBetween((long) (tokens * 0.9), (long) (tokens * 1.26));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain text, 123!",
                "\n\t\r\b\f\u0001\"\\/",
                "é ñ ß Привет שלום नमस्ते",
                "你好、カタカナ한국어",
                "\ud83d\ude00 \ud83d\udc68\u200d\ud83d\udc69",
                "\ud83d lone \ude00"
            })
    void countsTextAndItsFormsAlike(String text) {
        Tally plain = new Tally();
        plain.add(text);
        String json = JsonValue.of(text).toJson();
        StringBuilder escaped = new StringBuilder();
        for (char c : text.toCharArray()) {
            escaped.append(String.format("\\u%04x", (int) c));
        }

        assertThat(json(json.substring(1, json.length() - 1))).isEqualTo(counts(plain));
        assertThat(json(escaped.toString())).isEqualTo(counts(plain));
        if (StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            Tally bytes = new Tally();
            bytes.add(Bytes.of(text));
            assertThat(counts(bytes)).isEqualTo(counts(plain));
        }
        assertThat(plain.characters()).isEqualTo(text.codePointCount(0, text.length()));
    }

    private static String json(String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        Tally tally = new Tally();
        tally.addJson(bytes, 0, bytes.length);
        return counts(tally);
    }

    private static String counts(Tally tally) {
        return tally.characters() + " characters, " + tally.estimateTokens() + " tokens";
    }

    @Test
    void putsUpWithBrokenText() {
        Tally tally = new Tally();
        byte[] bytes = {(byte) 0xE4, (byte) 0xBD, (byte) 0xFF, (byte) 0xF0, 'a', '\\', 'u', '1'};
        tally.add(bytes, 0, bytes.length);
        tally.addJson(bytes, 0, bytes.length);
        assertThat(tally.estimateTokens()).isPositive();
    }

    @Test
    void estimatesNothingForNothing() {
        assertThat(new Tally().estimateTokens()).isZero();
        Tally blank = new Tally();
        blank.add(" ");
        assertThat(blank.estimateTokens()).isEqualTo(1);
    }
}
