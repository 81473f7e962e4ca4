package io.patchbay.relay.picture;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Small pictures, and things that are none. */
final class Samples {
    static final String PNG_BASE64 =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    static final byte[] PNG = Base64.getDecoder().decode(PNG_BASE64);
    static final byte[] SVG = ascii("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>");
    static final byte[] HTML = ascii("<!doctype html><html><body>internal console</body></html>");

    private Samples() {}

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Returns a PNG that is padded to that many bytes. */
    static byte[] png(int bytes) {
        return Arrays.copyOf(PNG, bytes);
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
