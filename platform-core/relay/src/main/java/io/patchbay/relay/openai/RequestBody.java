package io.patchbay.relay.openai;

import io.patchbay.foundation.bounds.BodyPace;
import io.patchbay.foundation.problem.Problem;
import io.patchbay.relay.overload.Place;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** Reads a client's body, no more of it than allowed and there is room for. */
final class RequestBody {
    private static final int FIRST = 16 * 1024;

    private final InputStream in;
    private final BodyPace pace = new BodyPace();

    private RequestBody(InputStream in) {
        this.in = in;
    }

    /**
     * Returns the whole body. Memory is taken for it before it comes: all at once when its length is known, else in growing
     * pieces.
     *
     * @param declared the length the client states, negative when it states none
     * @param place the call's, which holds the memory
     * @throws Problem TOO_LARGE when it is larger than the limit, UNAVAILABLE when there is no room for it, TIMEOUT when it
     *     comes too slowly
     */
    static byte[] read(InputStream in, long declared, long limit, Place place) throws IOException {
        if (declared > limit) {
            throw tooLarge(limit);
        }
        int most = (int) Math.min(limit, Integer.MAX_VALUE - 16);
        RequestBody body = new RequestBody(in);
        return declared >= 0 ? body.known((int) declared, place) : body.unknown(most, place);
    }

    private byte[] known(int length, Place place) throws IOException {
        if (length == 0) {
            return new byte[0];
        }
        place.hold(length);
        byte[] body = new byte[length];
        int filled = fill(body, 0);
        return filled == length ? body : Arrays.copyOf(body, filled);
    }

    private byte[] unknown(int limit, Place place) throws IOException {
        byte[] body = new byte[0];
        int filled = 0;
        while (filled == body.length) {
            if (body.length > limit) {
                throw tooLarge(limit);
            }
            // One byte more than allowed tells whether there is more.
            int wanted = (int) Math.min(limit + 1L, Math.max(FIRST, 2L * body.length));
            place.hold(wanted);
            body = Arrays.copyOf(body, wanted);
            filled = fill(body, filled);
        }
        return Arrays.copyOf(body, filled);
    }

    /** Reads until the array is full or the body has ended, and returns how many bytes the array holds. */
    private int fill(byte[] body, int from) throws IOException {
        int filled = from;
        try {
            int read = 0;
            while (read >= 0 && filled < body.length) {
                read = in.read(body, filled, body.length - filled);
                filled += Math.max(read, 0);
                pace.came(filled);
            }
        } catch (IOException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw BodyPace.tooSlow();
            }
            throw e;
        }
        return filled;
    }

    private static Problem tooLarge(long limit) {
        return new Problem(
                Problem.Kind.TOO_LARGE,
                "The request body is larger than the limit of " + limit + " bytes of this site.",
                Map.of("code", "request_too_large"));
    }
}
