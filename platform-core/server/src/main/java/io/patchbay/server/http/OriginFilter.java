package io.patchbay.server.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Answers the browser's question who may call. The model routes are open to every page, because they need a key anyway;
 * the others follow {@link Origins}. Origins that are not allowed get no headers: the browser then refuses.
 */
final class OriginFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String HEADERS = "Origin, Content-Type, Content-Length, Accept-Encoding, X-CSRF-Token,"
            + " Authorization, X-Auth-Token, X-Requested-With, X-Forwarded-For, X-Real-IP, X-Forwarded-Proto,"
            + " X-Forwarded-Host, X-Forwarded-Port, X-Api-Key, OpenAI-Organization, OpenAI-Project, OpenAI-Beta,"
            + " X-Stainless-Arch, X-Stainless-Lang, X-Stainless-OS, X-Stainless-Package-Version,"
            + " X-Stainless-Retry-Count, X-Stainless-Runtime, X-Stainless-Runtime-Version, X-Stainless-Timeout,"
            + " Patchbay-Conversation";

    private final transient Origins origins;

    OriginFilter(Origins origins) {
        this.origins = origins;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String origin = request.getHeader("Origin");
        if (origin != null && (isOpen(request.getRequestURI()) || origins.allows(origin))) {
            response.setHeader("Access-Control-Allow-Origin", origin);
            response.addHeader("Vary", "Origin");
            response.setHeader("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE, OPTIONS");
            response.setHeader("Access-Control-Allow-Headers", HEADERS);
            response.setHeader("Access-Control-Allow-Credentials", "true");
            response.setHeader("Access-Control-Expose-Headers", "X-Request-Id, Patchbay-Dropped-Fields");
            if ("OPTIONS".equals(request.getMethod())) {
                response.setHeader("Access-Control-Max-Age", "7200");
                response.setStatus(HttpServletResponse.SC_OK);
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private static boolean isOpen(String path) {
        return path.startsWith("/v1/") || path.startsWith("/dashboard/") || path.startsWith("/mj/");
    }
}
