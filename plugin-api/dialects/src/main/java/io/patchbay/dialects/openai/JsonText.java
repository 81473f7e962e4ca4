package io.patchbay.dialects.openai;

import io.patchbay.dialects.scan.JsonCursor;
import io.patchbay.dialects.scan.ScanException;
import java.nio.charset.StandardCharsets;

/** Questions about JSON that is kept as text. */
final class JsonText {
    private JsonText() {}

    /** Returns whether the text is one JSON value and nothing else. */
    static boolean isWhole(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        JsonCursor cursor = new JsonCursor();
        try {
            cursor.over(bytes, 0, bytes.length);
            cursor.skip();
            cursor.finish();
            return true;
        } catch (ScanException e) {
            return false;
        }
    }
}
