package io.patchbay.server.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages of other sites may call this server. Entries are host names, with or without scheme; a leading
 * {@code www.} does not count, {@code localhost} is always allowed, and an empty list allows every origin. Hosts are
 * compared whole: {@code example.com.evil.net} is not {@code example.com}.
 */
public final class Origins {
    private final Set<String> hosts = new LinkedHashSet<>();

    /** Creates the list from what the operator wrote. */
    public Origins(List<String> entries) {
        entries.stream().map(Origins::host).filter(host -> !host.isEmpty()).forEach(hosts::add);
    }

    /** Returns whether a page of that origin may call an ordinary route. */
    public boolean allows(@Nullable String origin) {
        if (origin == null || origin.isBlank()) {
            return false;
        }
        if (hosts.isEmpty() || origin.startsWith("file:")) {
            return true;
        }
        String host = host(origin);
        return withoutPort(host).equals("localhost") || hosts.contains(host);
    }

    private static String host(String entry) {
        String text = entry.trim().toLowerCase(Locale.ROOT);
        if (!text.contains("://")) {
            text = "https://" + text;
        }
        try {
            URI uri = new URI(text);
            String host = uri.getAuthority() == null ? "" : uri.getAuthority();
            return host.startsWith("www.") ? host.substring(4) : host;
        } catch (URISyntaxException e) {
            return "";
        }
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon < 0 ? host : host.substring(0, colon);
    }
}
