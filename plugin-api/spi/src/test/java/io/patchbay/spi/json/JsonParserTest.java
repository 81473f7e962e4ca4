package io.patchbay.spi.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonParserTest {
    @Test
    void keepsOrderAndNumberText() {
        String text = "{\"z\":1.0,\"a\":1e3,\"m\":123456789012345678901234567890,\"n\":-0,\"o\":0.10,\"p\":1E+2}";
        assertThat(Json.parse(text).toJson()).isEqualTo(text);
    }

    @Test
    void allowsBlanksAnywhereBetweenTokens() {
        assertThat(Json.parse(" \t\r\n{ \"a\" :\n[ 1 , true , null ] }\n").toJson())
                .isEqualTo("{\"a\":[1,true,null]}");
    }

    @Test
    void takesTheLastOfSeveralMembersWithTheSameName() {
        assertThat(Json.parse("{\"a\":1,\"b\":2,\"a\":3}").toJson()).isEqualTo("{\"a\":3,\"b\":2}");
    }

    @Test
    void readsAPartOfAnArray() {
        byte[] bytes = "xx{\"a\":\"é\"}yy".getBytes(StandardCharsets.UTF_8);
        assertThat(Json.parse(bytes, 2, bytes.length - 4).toJson()).isEqualTo("{\"a\":\"é\"}");
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> Json.parse(bytes, 2, 4))
                .satisfies(e -> assertThat(e.offset()).isEqualTo(4));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`\"\\u00e9\\n\\r\\t\\b\\f\\/\\\\\\\"\"`|`é\n\r\t\b\f/\\\"`",
                "`\"\\ud83d\\ude00\"`|`\ud83d\ude00`",
                "`\"\\uD83D\\uDE00x\"`|`\ud83d\ude00x`",
                "`\"你\\u597d\"`|`你好`",
            })
    void readsEscapes(String text, String expected) {
        assertThat(Json.parse(text).string()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\\ud83d\"", "\"\\ude00\"", "\"\\ude00\\ud83d\"", "\"a\\ud83db\""})
    void keepsLoneSurrogatesAsEscapes(String text) {
        JsonValue value = Json.parse(text);
        assertThat(value.toJson()).isEqualTo(text);
        assertThat(Json.parse(value.toBytes())).isEqualTo(value);
    }

    @Test
    void replacesInvalidUtf8() {
        byte[] cut = {'"', 'a', (byte) 0xE4, (byte) 0xBD, '"'};
        assertThat(Json.parse(cut).string()).isEqualTo("a\ufffd");
        byte[] overlong = {'"', (byte) 0xC0, (byte) 0xA2, '"'};
        assertThat(Json.parse(overlong).string()).isEqualTo("\ufffd\ufffd");
        byte[] behindEscape = {'"', '\\', 'n', (byte) 0xFF, '"'};
        assertThat(Json.parse(behindEscape).string()).isEqualTo("\n\ufffd");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|`expected a value at line 1, column 1, but the text ends`|0",
                "` `|`expected a value at line 1, column 2, but the text ends`|1",
                "`{`|`expected a member name in quotes at line 1, column 2, but the text ends`|1",
                "`{\"a\"}`|`expected ':' at line 1, column 5, but found '}'`|4",
                "`{\"a\":1 \"b\"}`|`expected ',' or '}' at line 1, column 8, but found '\"'`|7",
                "`{\"a\":1,}`|`expected a member name in quotes at line 1, column 8, but found '}'`|7",
                "`[1,]`|`expected a value at line 1, column 4, but found ']'`|3",
                "`[1 2]`|`expected ',' or ']' at line 1, column 4, but found '2'`|3",
                "`[1]]`|`expected the end of the text at line 1, column 4, but found ']'`|3",
                "`{\n\"a\":\n x}`|`expected a value at line 3, column 2, but found 'x'`|8",
                "`nul`|`expected a value at line 1, column 1, but found 'n'`|0",
                "`TRUE`|`expected a value at line 1, column 1, but found 'T'`|0",
                "`01`|`expected a value at line 1, column 1, but found '0'`|0",
                "`+1`|`expected a value at line 1, column 1, but found '+'`|0",
                "`1.`|`expected a value at line 1, column 1, but found '1'`|0",
                "`.5`|`expected a value at line 1, column 1, but found '.'`|0",
                "`1e`|`expected a value at line 1, column 1, but found '1'`|0",
                "`-`|`expected a value at line 1, column 1, but found '-'`|0",
                "`1-2`|`expected a value at line 1, column 1, but found '1'`|0",
                "`NaN`|`expected a value at line 1, column 1, but found 'N'`|0",
                "`\"a`|`expected the closing quote of a string at line 1, column 3, but the text ends`|2",
                "`\"a\\`|`expected an escape at line 1, column 4, but the text ends`|3",
                "`\"\\x\"`|`expected an escape at line 1, column 3, but found 'x'`|2",
                "`\"\\u12\"`|`expected four hexadecimal digits at line 1, column 4, but found '1'`|3",
                "`\"\\u12g4\"`|`expected four hexadecimal digits at line 1, column 4, but found '1'`|3",
                "`'a'`|`expected a value at line 1, column 1, but found '''`|0",
            })
    void refusesWhatTheGrammarForbids(String text, String message, int offset) {
        String input = text == null ? "" : text;
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> Json.parse(input))
                .satisfies(e -> {
                    assertThat(e).hasMessage(message);
                    assertThat(e.offset()).isEqualTo(offset);
                    assertThat(e.getStackTrace()).isEmpty();
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a\nb\"", "\"a\tb\"", "\"\u0000\"", "\"\\n\u001f\""})
    void refusesRawControlCharactersInStrings(String text) {
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> Json.parse(text))
                .withMessageContaining("no raw control character inside a string");
    }

    @Test
    void neverQuotesTheText() {
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> Json.parse("{\"password\":\"hunter2\" oops}"))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2", "password", "oops"));
    }

    @Test
    void boundsTheDepth() {
        String deep = "[".repeat(513) + "]".repeat(513);
        assertThat(Json.parse(deep).toJson()).isEqualTo(deep);
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> Json.parse("[".repeat(514) + "]".repeat(514)))
                .withMessageContaining("nested more than 512 deep");
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> Json.parse("{\"a\":".repeat(100_000)))
                .withMessageContaining("nested more than 512 deep");
    }

    @Test
    void readsAsksLeniently() {
        JsonValue value = Json.parse(
                "{\"s\":\"t\",\"n\":2.9,\"b\":true,\"l\":[1,[2]],\"o\":{\"x\":null},\"big\":1e400,\"huge\":1e999999999}");
        assertThat(value.string("s")).isEqualTo("t");
        assertThat(value.string("n")).isNull();
        assertThat(value.string("none", "fallback")).isEqualTo("fallback");
        assertThat(value.longValue("n", -1)).isEqualTo(2);
        assertThat(value.longValue("s", -1)).isEqualTo(-1);
        assertThat(value.longValue("big", -1)).isEqualTo(Long.MAX_VALUE);
        assertThat(value.longValue("huge", -1)).isEqualTo(-1);
        assertThat(value.flag("b", false)).isTrue();
        assertThat(value.flag("s", true)).isTrue();
        assertThat(value.at("l", 1, 0)).isEqualTo(JsonValue.of(2));
        assertThat(value.at("l", 7, 0)).isNull();
        assertThat(value.at("o", "x")).isEqualTo(JsonNull.NULL);
        assertThat(value.get("n")).extracting(JsonValue::scalarText).isEqualTo("2.9");
        assertThat(value.elements("l")).hasSize(2);
        assertThat(value.elements("s")).isEmpty();
        assertThat(value.asObject().has("o")).isTrue();
        assertThat(JsonNull.NULL.asObject().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0,0", "-0.0,0", "1.5,1.5", "1e15,1E+15", "123456789,123456789", "-2,-2", "1e-7,1E-7"})
    void writesDoublesAsJson(double number, String text) {
        JsonValue value = JsonValue.of(number);
        assertThat(value.number()).isEqualByComparingTo(new BigDecimal(text));
        assertThat(Json.parse(value.toJson())).isEqualTo(value);
    }

    @Test
    void refusesNumbersThatJsonDoesNotKnow() {
        assertThatIllegalArgumentException().isThrownBy(() -> JsonValue.of(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> new JsonNumber("01"));
        assertThatIllegalArgumentException().isThrownBy(() -> new JsonNumber(""));
    }

    @Test
    void buildsObjectsWithoutSharingThem() {
        JsonObject.Builder builder =
                JsonObject.builder().put("a", 1).put("b", true).put("c", (String) null);
        JsonObject first = builder.build();
        JsonObject second = builder.remove("a")
                .put("b", "x")
                .putIfPresent("d", (String) null)
                .build();
        assertThat(first.toJson()).isEqualTo("{\"a\":1,\"b\":true,\"c\":null}");
        assertThat(second.toJson()).isEqualTo("{\"b\":\"x\",\"c\":null}");
    }

    @Test
    void writesOnOneLine() {
        assertThat(JsonValue.of("a\nb\u0001\u2028\"\\").toJson()).isEqualTo("\"a\\nb\\u0001\u2028\\\"\\\\\"");
    }
}
