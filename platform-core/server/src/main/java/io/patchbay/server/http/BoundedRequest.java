package io.patchbay.server.http;

import io.patchbay.foundation.bounds.BodyPace;
import io.patchbay.foundation.problem.Problem;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A request whose body is no larger than allowed and does not come too slowly; reading fails with a {@link Problem}. */
final class BoundedRequest extends HttpServletRequestWrapper {
    private final long most;
    private @Nullable ServletInputStream body;

    /**
     * Wraps a request that nobody has read from.
     *
     * @param most bytes of the body
     */
    BoundedRequest(HttpServletRequest request, long most) {
        super(request);
        this.most = most;
    }

    /** Returns what a client is told whose body is larger. */
    static Problem tooLarge(long most) {
        return new Problem(
                Problem.Kind.TOO_LARGE,
                "The request body is larger than the " + most + " bytes this route takes.",
                Map.of("code", "request_too_large"));
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        ServletInputStream open = body;
        if (open == null) {
            open = new Counted(super.getInputStream());
            body = open;
        }
        return open;
    }

    private final class Counted extends ServletInputStream {
        private final ServletInputStream in;
        private final BodyPace pace = new BodyPace();
        private long came;

        Counted(ServletInputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read;
            try {
                read = in.read(into, offset, length);
            } catch (IOException e) {
                if (e.getCause() instanceof TimeoutException) {
                    throw BodyPace.tooSlow();
                }
                throw e;
            }
            came += Math.max(read, 0);
            if (came > most) {
                throw tooLarge(most);
            }
            pace.came(came);
            return read;
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }

        @Override
        public boolean isFinished() {
            return in.isFinished();
        }

        @Override
        public boolean isReady() {
            return in.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            in.setReadListener(listener);
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
