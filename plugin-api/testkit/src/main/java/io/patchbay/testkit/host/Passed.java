package io.patchbay.testkit.host;

import java.util.Map;

/**
 * An answer that was handed to the client as it came.
 *
 * @param headers by lower-case name, as the upstream sent them
 * @param body the bytes; not to be changed
 */
public record Passed(int status, Map<String, String> headers, byte[] body) {
    @Override
    public String toString() {
        return "passed " + status + ", " + body.length + " bytes";
    }
}
