package io.patchbay.dialects.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

final class JsonCursorPropertyTest {
    private static final String SAMPLE =
            "{\"a\":[1,-2.5e+10,0,true,false,null],\"b\\n\":{\"c\":\"\\u00e9\\ud83d\\ude00 plain and long enough"
                    + " for whole words \\\\\",\"d\":{}},\"e\":[[],[{}]] , \"f\" : \"é你\" }";

    private static final String DAMAGE = "{}[]\",:\\ntf01-.eE+u \n\u0001x";

    /** Both must agree on every text, or a tap would forward what a decoder refuses. */
    @Property(tries = 5000)
    void agreesWithTheParserOnDamagedText(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] text = SAMPLE.getBytes(StandardCharsets.UTF_8);
        for (int changes = random.nextInt(3); changes >= 0; changes--) {
            int at = random.nextInt(text.length);
            switch (random.nextInt(3)) {
                case 0 -> text[at] = (byte) DAMAGE.charAt(random.nextInt(DAMAGE.length()));
                case 1 -> text = cut(text, at, at + 1);
                default -> text = cut(text, at, text.length);
            }
            if (text.length == 0) {
                text = new byte[] {' '};
            }
        }
        assertThat(accepted(text)).as(new String(text, StandardCharsets.UTF_8)).isEqualTo(parsed(text));
    }

    @Example
    void acceptsEveryPrefixOnlyWhenItIsWhole() {
        byte[] text = SAMPLE.getBytes(StandardCharsets.UTF_8);
        JsonCursor cursor = new JsonCursor();
        for (int length = 1; length < text.length; length++) {
            int end = length;
            cursor.over(text, 0, end);
            try {
                cursor.skip();
                cursor.finish();
                throw new AssertionError("accepted a prefix of " + end);
            } catch (ScanException e) {
                assertThat(e.cut()).as("prefix of %d", end).isTrue();
            }
        }
    }

    @Example
    void doesNotLookBehindTheEnd() {
        byte[] text = "{\"a\":\"xxxxxxxxxxxx\"}".getBytes(StandardCharsets.UTF_8);
        JsonCursor cursor = new JsonCursor();
        cursor.over(text, 0, 10);
        assertThatExceptionOfType(ScanException.class).isThrownBy(cursor::skip).matches(ScanException::cut);
    }

    private static byte[] cut(byte[] text, int from, int to) {
        byte[] rest = new byte[text.length - (to - from)];
        System.arraycopy(text, 0, rest, 0, from);
        System.arraycopy(text, to, rest, from, text.length - to);
        return rest;
    }

    private static boolean accepted(byte[] text) {
        JsonCursor cursor = new JsonCursor();
        try {
            cursor.over(text, 0, text.length);
            cursor.skip();
            cursor.finish();
            return true;
        } catch (ScanException e) {
            return false;
        }
    }

    private static boolean parsed(byte[] text) {
        try {
            Json.parse(text);
            return true;
        } catch (JsonException e) {
            return false;
        }
    }
}
