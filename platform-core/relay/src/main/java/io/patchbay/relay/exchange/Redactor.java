package io.patchbay.relay.exchange;

import io.patchbay.relay.address.Server;
import io.patchbay.spi.Fault;
import io.patchbay.spi.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Strips a call's secrets, its upstream's address and whatever else tells the upstream from texts that leave the host.
 * The time it takes grows with the length of the text, whatever stands in it. Confined to one call.
 *
 * <p>Most calls end well and have no text to clean, so what is registered is only noted, and made into rules when the
 * first text comes.
 */
public final class Redactor {
    /** Shorter values would blank out ordinary words. */
    private static final int MIN_LENGTH = 4;

    /** Fewer characters of a beginning do not tell the rest. */
    private static final int MIN_BEGINNING = 6;

    /** What stands at the end of a text that was cut. */
    private static final String CUT = "…";

    private static final int MOST_SENT = 64;
    private static final int MOST_NOTED = 64;
    private static final String BEARER = "Bearer ";
    private static final String SECRET = "***";

    /** Longer values first, so that none is found in the middle of another. */
    private static final Comparator<Rule> LONGEST_FIRST =
            Comparator.comparingInt((Rule rule) -> -rule.value().length()).thenComparing(Rule::value);

    private enum Kind {
        TEXT,
        /** Ends where the name of a server ends. */
        ADDRESS,
        /** In any case of letters. */
        HOST
    }

    private record Rule(String value, String shown, Kind kind) {}

    private final List<Runnable> noted = new ArrayList<>();
    private final SortedSet<Rule> rules = new TreeSet<>(LONGEST_FIRST);
    private final Set<String> sent = new LinkedHashSet<>();
    private final Set<String> domains = new LinkedHashSet<>();

    /** Registers a secret, also in the form it has inside a URL. */
    public void secret(Secret secret) {
        note(() -> forms(secret).forEach(form -> add(form, SECRET, Kind.TEXT)));
    }

    private void note(Runnable registering) {
        noted.add(registering);
        if (noted.size() >= MOST_NOTED) {
            register();
        }
    }

    private void register() {
        noted.forEach(Runnable::run);
        noted.clear();
    }

    /**
     * Registers a secret that went out with a request. Some are made for one request only, so no more than the latest
     * 64 are remembered; those that stay are registered by {@link #secret}.
     */
    void sent(Secret secret) {
        note(() -> remember(secret));
    }

    private void remember(Secret secret) {
        for (String form : forms(secret)) {
            if (form.length() >= MIN_LENGTH && !rules.contains(new Rule(form, SECRET, Kind.TEXT))) {
                sent.remove(form);
                sent.add(form);
                if (sent.size() > MOST_SENT) {
                    sent.remove(sent.iterator().next());
                }
            }
        }
    }

    private static List<String> forms(Secret secret) {
        String value = secret.reveal();
        String bare = value.startsWith(BEARER) ? value.substring(BEARER.length()) : value;
        return Stream.of(value, bare)
                .flatMap(form -> Stream.of(form, URLEncoder.encode(form, StandardCharsets.UTF_8)))
                .distinct()
                .toList();
    }

    /**
     * Registers the address of the upstream, which is shown as {@code channel://} and a number, and its server.
     *
     * @param endpoint need not be an address
     */
    public void endpoint(String endpoint, long channel) {
        note(() -> {
            add(endpoint.strip().replaceAll("/+$", ""), "channel://" + channel, Kind.ADDRESS);
            Server.of(endpoint).ifPresent(server -> addHost(server.host(), "channel"));
        });
    }

    /** Registers a server's name, which is shown as something else in any case of letters. */
    void host(String name, String shown) {
        note(() -> addHost(name, shown));
    }

    private void addHost(String name, String shown) {
        add(name, shown, Kind.HOST);
        String domain = Telltales.domain(name);
        if (domain != null) {
            domains.add(domain);
        }
    }

    private void add(String value, String shown, Kind kind) {
        if (value.length() >= MIN_LENGTH) {
            rules.add(new Rule(value, shown, kind));
        }
    }

    /** Returns the fault with clean words. */
    public Fault clean(Fault fault) {
        return fault.toBuilder()
                .vendorCode(cleanOrNull(fault.vendorCode()))
                .sub(cleanOrNull(fault.sub()))
                .build()
                .withMessage(clean(fault.message()));
    }

    private @Nullable String cleanOrNull(@Nullable String text) {
        return text == null ? null : clean(text);
    }

    /** Returns the text without what was registered and without what looks like a key, an address or a reseller. */
    public String clean(String text) {
        register();
        String clean = text;
        for (Rule rule : rules) {
            clean = switch (rule.kind()) {
                case TEXT -> clean.replace(rule.value(), rule.shown());
                case ADDRESS -> Replacement.address(clean, rule.value(), rule.shown());
                case HOST -> Replacement.server(clean, rule.value(), rule.shown());
            };
        }
        for (String value : sent) {
            clean = clean.replace(value, SECRET);
        }
        return Telltales.strip(withoutBegun(clean), domains);
    }

    /** A text that was cut may end in the middle of what is hidden. */
    private String withoutBegun(String text) {
        if (!text.endsWith(CUT)) {
            return text;
        }
        String kept = text.substring(0, text.length() - CUT.length());
        int begun = 0;
        String shown = SECRET;
        for (Rule rule : rules) {
            int found = Replacement.begun(kept, rule.value());
            if (found > begun) {
                begun = found;
                shown = rule.shown();
            }
        }
        for (String value : sent) {
            int found = Replacement.begun(kept, value);
            if (found > begun) {
                begun = found;
                shown = SECRET;
            }
        }
        return begun < MIN_BEGINNING ? text : kept.substring(0, kept.length() - begun) + shown + CUT;
    }
}
