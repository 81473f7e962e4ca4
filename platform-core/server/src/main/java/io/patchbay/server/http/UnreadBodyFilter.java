package io.patchbay.server.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads away a small body that a refusal has left unread. Otherwise the container closes the connection after the
 * answer, and a client that has already reused it sees a broken connection instead of an answer to its next request.
 */
final class UnreadBodyFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final int SMALL = 64 * 1024;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(request, response);
        long length = request.getContentLengthLong();
        if (!request.isAsyncStarted() && length > 0 && length <= SMALL) {
            drain(request);
        }
    }

    private static void drain(HttpServletRequest request) {
        try (InputStream in = request.getInputStream()) {
            in.readNBytes(SMALL);
        } catch (IOException | IllegalStateException e) {
            // The client is gone, or somebody reads the body by other means; either way there is nothing to save.
            return;
        }
    }
}
