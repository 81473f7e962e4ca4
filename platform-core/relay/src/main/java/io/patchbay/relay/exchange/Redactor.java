package io.patchbay.relay.exchange;

import io.patchbay.spi.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Strips a call's secrets and its upstream's address from texts that leave the host. Confined to one call. */
public final class Redactor {
    /** Shorter values would blank out ordinary words. */
    private static final int MIN_LENGTH = 4;

    private static final String BEARER = "Bearer ";

    private record Rule(String value, String shown) {}

    private final List<Rule> rules = new ArrayList<>();

    /** Registers a secret, also in the form it has inside a URL. */
    public void secret(Secret secret) {
        String value = secret.reveal();
        hide(value, "***");
        hide(URLEncoder.encode(value, StandardCharsets.UTF_8), "***");
        if (value.startsWith(BEARER)) {
            String bare = value.substring(BEARER.length());
            hide(bare, "***");
            hide(URLEncoder.encode(bare, StandardCharsets.UTF_8), "***");
        }
    }

    /** Registers an address that is shown as something else. */
    public void hide(String value, String shown) {
        if (value.length() >= MIN_LENGTH) {
            rules.add(new Rule(value, shown));
        }
    }

    /** Returns the text without what was registered. */
    public String clean(String text) {
        String clean = text;
        for (Rule rule : rules) {
            clean = clean.replace(rule.value(), rule.shown());
        }
        return clean;
    }
}
