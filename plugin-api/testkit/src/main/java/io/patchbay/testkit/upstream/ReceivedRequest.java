package io.patchbay.testkit.upstream;

import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonException;
import io.patchbay.spi.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request as the scripted upstream received it.
 *
 * @param method in upper case
 * @param path without the query
 * @param headers by lower-case name; several values of one name are joined by a comma and a blank
 * @param body the whole body, chunks already joined; not to be changed
 * @param query the raw query without the question mark, empty when there is none
 * @param number counts the requests of one upstream, from 1
 * @param at when the last byte of it had arrived
 */
public record ReceivedRequest(
        String method, String path, Map<String, String> headers, byte[] body, String query, long number, Instant at) {

    /** Returns a header by its name in any case, or {@code null}. */
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /** Returns the body as UTF-8 text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /**
     * Returns the body as JSON.
     *
     * @throws JsonException when it is none
     */
    public JsonValue json() {
        return Json.parse(body);
    }

    /** Returns the parts of a {@code multipart/form-data} body in order; empty when the body is no form. */
    public List<FormPart> parts() {
        return FormPart.read(header("content-type"), body);
    }

    /** Returns the text of the first form part of that name, or {@code null}. */
    public @Nullable String formText(String name) {
        for (FormPart part : parts()) {
            if (part.name().equals(name)) {
                return new String(part.body(), StandardCharsets.UTF_8);
            }
        }
        return null;
    }

    /** Returns method and path only: the rest may be somebody's prompt or key. */
    @Override
    public String toString() {
        return "#" + number + " " + method + " " + path;
    }
}
