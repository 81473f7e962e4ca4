package io.patchbay.accounts;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.regex.Pattern;

/** Paths of routes as the rules of this room see them. */
final class RoutePath {
    private static final Pattern MATRIX_PARAMETERS = Pattern.compile(";[^/]*");
    private static final String API = "api/";

    private RoutePath() {}

    /**
     * Returns the decoded path without leading slashes, matrix parameters and the prefix {@code api/}: the same text
     * wherever an application is mounted.
     */
    static String of(ContainerRequestContext request) {
        String path = request.getUriInfo().getRequestUri().getPath();
        return path == null ? "" : normal(path);
    }

    static String normal(String path) {
        String plain =
                path.indexOf(';') < 0 ? path : MATRIX_PARAMETERS.matcher(path).replaceAll("");
        String relative = withoutSlashes(plain);
        return relative.startsWith(API) ? withoutSlashes(relative.substring(API.length())) : relative;
    }

    /** Returns whether only administrators may go there. */
    static boolean administration(String path) {
        return path.startsWith("admin");
    }

    /** Returns whether the route speaks to model clients, which expect errors as OpenAI shapes them. */
    static boolean model(String path) {
        return path.startsWith("v1") || path.startsWith("dashboard");
    }

    /** Returns whether a key needs the scope of model calls there. */
    static boolean relay(String path) {
        return model(path) || path.startsWith("mj/") || path.startsWith("task/");
    }

    private static String withoutSlashes(String path) {
        int start = 0;
        while (start < path.length() && path.charAt(start) == '/') {
            start++;
        }
        return path.substring(start);
    }
}
