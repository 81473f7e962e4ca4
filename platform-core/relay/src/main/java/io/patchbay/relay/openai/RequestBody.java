package io.patchbay.relay.openai;

import io.patchbay.foundation.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** Reads a client's body, no more of it than allowed. */
final class RequestBody {
    private RequestBody() {}

    /**
     * Returns the whole body.
     *
     * @throws Problem TOO_LARGE when it is larger than the limit
     */
    static byte[] read(InputStream in, long declared, long limit) throws IOException {
        if (declared > limit) {
            throw tooLarge(limit);
        }
        byte[] body = in.readNBytes((int) Math.min(limit + 1, Integer.MAX_VALUE - 16));
        if (body.length > limit) {
            throw tooLarge(limit);
        }
        return body;
    }

    private static Problem tooLarge(long limit) {
        return new Problem(
                Problem.Kind.TOO_LARGE,
                "The request body is larger than the limit of " + limit + " bytes of this site.",
                Map.of("code", "request_too_large"));
    }
}
