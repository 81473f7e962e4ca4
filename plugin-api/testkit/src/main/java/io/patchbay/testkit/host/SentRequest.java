package io.patchbay.testkit.host;

import io.patchbay.spi.http.Blob;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.http.Piece;
import io.patchbay.spi.http.Signer;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as the host would have sent it: secrets revealed, pieces joined, signed.
 *
 * @param method in upper case
 * @param url with all query parameters
 * @param headers by lower-case name, the last of each name
 * @param body the bytes; not to be changed
 * @param source what the flow asked for
 */
public record SentRequest(String method, String url, Map<String, String> headers, byte[] body, HttpRequest source) {

    static SentRequest of(HttpRequest request, Instant now) {
        Map<String, String> headers = new LinkedHashMap<>();
        Body content = request.body();
        byte[] body = content == null ? new byte[0] : join(content);
        if (content != null) {
            headers.put("content-type", content.contentType());
        }
        for (HttpRequest.Field header : request.headers()) {
            headers.put(header.name().toLowerCase(Locale.ROOT), header.reveal());
        }
        StringBuilder url = new StringBuilder(request.url());
        for (HttpRequest.Field parameter : request.query()) {
            append(url, parameter.name(), parameter.reveal());
        }
        Signer signer = request.signer();
        if (signer != null) {
            Map<String, String> signed = signer.sign(request, sha256(body), now);
            if (request.querySigned()) {
                signed.forEach((name, value) -> append(url, name, value));
            } else {
                signed.forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
            }
        }
        return new SentRequest(request.method(), url.toString(), Map.copyOf(headers), body, request);
    }

    private static void append(StringBuilder url, String name, String value) {
        url.append(url.indexOf("?") < 0 ? '?' : '&')
                .append(encoded(name))
                .append('=')
                .append(encoded(value));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static byte[] join(Body body) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (Piece piece : body.pieces()) {
            switch (piece) {
                case Piece.Inline inline -> joined.writeBytes(inline.bytes());
                case Piece.Part part ->
                    joined.write(bytes(part.blob()), (int) part.from(), (int) (part.to() - part.from()));
                case Piece.Base64 base64 ->
                    joined.writeBytes(Base64.getEncoder().encode(bytes(base64.blob())));
            }
        }
        return joined.toByteArray();
    }

    private static byte[] bytes(Blob blob) {
        if (blob instanceof TestBlob test) {
            return test.bytes();
        }
        throw new IllegalArgumentException("a flow sends the blobs it was given, never its own: " + blob.getClass());
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Returns a header by its name in any case, or {@code null}. */
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /** Returns the path of the address. */
    public String path() {
        return URI.create(url).getPath();
    }

    /** Returns the host of the address. */
    public String host() {
        return URI.create(url).getHost();
    }

    /** Returns the body as UTF-8 text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /**
     * Returns the body as JSON.
     *
     * @throws io.patchbay.spi.json.JsonException when it is none
     */
    public JsonValue json() {
        return Json.parse(body);
    }

    /** Returns whether that text occurs in the address, a header or the body. */
    public boolean mentions(String text) {
        return url.contains(text)
                || url.contains(encoded(text))
                || headers.values().stream().anyMatch(value -> value.contains(text))
                || text().contains(text);
    }

    @Override
    public String toString() {
        return source.toString();
    }
}
