package io.patchbay.toolkit;

import java.util.List;
import java.util.regex.Pattern;

/** Joins the address an operator wrote with the path of a call, as people write addresses. */
public final class Endpoints {
    /** {@code v1}, {@code v3}, {@code v1beta}: a segment after which only the path of the call is missing. */
    private static final Pattern VERSION = Pattern.compile("(?:^|/)v\\d+[a-z0-9]*(?:/|$)");

    /** Paths that operators paste together with the address, longest first. */
    private static final List<String> PASTED = List.of(
            "/audio/transcriptions",
            "/images/generations",
            "/audio/translations",
            "/images/variations",
            "/chat/completions",
            "/audio/speech",
            "/images/edits",
            "/moderations",
            "/completions",
            "/embeddings",
            "/responses",
            "/models",
            "/videos");

    private Endpoints() {}

    /**
     * Returns the address of one call.
     *
     * <ul>
     *   <li>{@code https://host#} is used exactly as written before the {@code #}, whatever the path;
     *   <li>{@code https://host}, {@code https://host/} and {@code https://host/openai} get {@code /v1/} and the path;
     *   <li>{@code https://host/v1}, {@code https://host/api/v4} and {@code https://host/v1beta/openai} get the path only,
     *       because they already name a version;
     *   <li>{@code https://host/v1/chat/completions} stands for its own path as it is, and for other paths for the
     *       address in front of it.
     * </ul>
     *
     * A query stays at the end. Nothing is checked here: an address that is none shows when the request is built.
     *
     * @param endpoint what the operator wrote
     * @param path the path of the call behind the version, such as {@code chat/completions}, without a leading slash
     */
    public static String join(String endpoint, String path) {
        String address = endpoint.strip();
        if (address.endsWith("#")) {
            return address.substring(0, address.length() - 1);
        }
        int mark = address.indexOf('?');
        String query = mark < 0 ? "" : address.substring(mark);
        String base = withoutSlashes(mark < 0 ? address : address.substring(0, mark));
        String pasted = pastedPath(base);
        if (pasted.equals("/" + path) || (pasted.isEmpty() && base.endsWith("/" + path))) {
            return base + query;
        }
        base = withoutSlashes(base.substring(0, base.length() - pasted.length()));
        String join = VERSION.matcher(pathOf(base)).find() ? "/" : "/v1/";
        return base + join + path + query;
    }

    /** The longest wins: {@code /chat/completions} is not the {@code /completions} of some {@code /chat}. */
    private static String pastedPath(String base) {
        for (String pasted : PASTED) {
            if (base.endsWith(pasted)) {
                return pasted;
            }
        }
        return "";
    }

    private static String withoutSlashes(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '/') {
            end--;
        }
        return text.substring(0, end);
    }

    private static String pathOf(String base) {
        int scheme = base.indexOf("://");
        int path = base.indexOf('/', scheme < 0 ? 0 : scheme + 3);
        return path < 0 ? "" : base.substring(path);
    }
}
