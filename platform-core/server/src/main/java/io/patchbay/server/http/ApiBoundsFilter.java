package io.patchbay.server.http;

import io.patchbay.foundation.bounds.FairShares;
import io.patchbay.foundation.bounds.FairShares.Verdict;
import io.patchbay.foundation.ids.RequestId;
import io.patchbay.foundation.json.Json;
import io.patchbay.foundation.problem.Problem;
import io.patchbay.foundation.problem.ProblemMapper;
import io.patchbay.foundation.request.ClientAddress;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;

/**
 * Bounds the account and administration routes, so that they leave threads and memory to the model routes: requests
 * worked on at once, those with a large body among them, and the size of each body. Fair among addresses of clients: who
 * takes more than a fair share is told 429, and 503 is for all when nothing is left. The model routes have bounds of their
 * own, and the live socket has those of its frames.
 */
final class ApiBoundsFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final int KIB = 1024;

    private static final String API = "/api";
    private static final String LIVE = "/live";

    /** A body up to this is small; any number of requests may have one. */
    private static final long SMALL = 64 * KIB;

    private static final int FEW = 16;
    private static final int LARGE_AT_ONCE = 8;
    private static final int FEW_LARGE = 2;
    private static final int TIMES_FREE = 2;

    private final transient ClientAddress addresses;
    private final transient FairShares<String> requests;
    private final transient FairShares<String> large =
            new FairShares<>(LARGE_AT_ONCE, Long.MAX_VALUE, FEW_LARGE, TIMES_FREE);

    /**
     * Creates the filter.
     *
     * @param most requests at once
     */
    ApiBoundsFilter(ClientAddress addresses, int most) {
        this.addresses = addresses;
        this.requests = new FairShares<>(most, Long.MAX_VALUE, FEW, TIMES_FREE);
    }

    /** The largest bodies of the routes: of each the first whose beginning fits. */
    private enum Body {
        /** A plugin is 64 MiB at most, and a form around it. */
        PLUGIN("/admin/plugins", 65 * 1024 * KIB),
        /** Price lists, profiles and exports of providers. */
        ADMIN("/admin/", 16 * 1024 * KIB),
        /** Notices of upstreams read one MiB themselves and more to say that it was too much. */
        TASK("/hook/", 5 * 1024 * KIB),
        OTHER("", 256 * KIB);

        private final String prefix;
        private final long most;

        Body(String prefix, long most) {
            this.prefix = prefix;
            this.most = most;
        }

        static long most(String route) {
            for (Body body : values()) {
                if (route.startsWith(body.prefix)) {
                    return body.most;
                }
            }
            return OTHER.most;
        }
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        // By what is served, not by how it was written: "/api/v1/../login" is no model route.
        String route = request.getPathInfo() == null ? "" : request.getPathInfo();
        if (!request.getServletPath().equals(API) || route.equals(LIVE)) {
            chain.doFilter(request, response);
            return;
        }
        long length = request.getContentLengthLong();
        long most = Body.most(route);
        if (length > most) {
            refuse(response, BoundedRequest.tooLarge(most));
            return;
        }
        String address = ClientAddress.limitKey(
                addresses.resolve(request.getRemoteAddr(), Collections.list(request.getHeaders("X-Forwarded-For"))));
        boolean heavy = length > SMALL || (length < 0 && request.getHeader("Transfer-Encoding") != null);
        Verdict verdict = requests.take(address, 1);
        if (verdict != Verdict.IN) {
            refuse(response, busy(verdict));
            return;
        }
        try {
            Verdict heavily = heavy ? large.take(address, 1) : Verdict.IN;
            if (heavily != Verdict.IN) {
                refuse(response, busy(heavily));
                return;
            }
            try {
                boolean bodiless = length <= 0 && !heavy;
                chain.doFilter(bodiless ? request : new BoundedRequest(request, most), response);
            } finally {
                if (heavy) {
                    large.give(address, 1);
                }
            }
        } finally {
            requests.give(address, 1);
        }
    }

    private static Problem busy(Verdict verdict) {
        return verdict == Verdict.SHARE
                ? new Problem(
                        Problem.Kind.TOO_MANY,
                        "Too many requests from your address are being answered at once.",
                        Map.of("code", "too_many_concurrent_requests"))
                : new Problem(
                        Problem.Kind.UNAVAILABLE,
                        "This site answers as many requests at once as it can.",
                        Map.of("code", "overloaded"));
    }

    private static void refuse(HttpServletResponse response, Problem problem) throws IOException {
        response.setStatus(problem.kind().status());
        response.setContentType(ProblemMapper.PROBLEM_JSON);
        int after = problem.kind().retryAfterSeconds();
        if (after > 0) {
            response.setHeader("Retry-After", Integer.toString(after));
        }
        response.getOutputStream().write(Json.bytes(ProblemMapper.document(problem, RequestId.next())));
    }
}
