package io.patchbay.billing.price.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.patchbay.billing.price.DollarRate;
import io.patchbay.billing.price.PriceRule;
import io.patchbay.foundation.json.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Brings the price list of another site here, as rules to look at; stores nothing. Safe for use by many threads; blocks
 * for at most 40 seconds.
 */
public final class PriceImport {
    private static final int MAX_BYTES = 8 * 1024 * 1024;
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int MAX_ADDRESS = 1_000;
    private static final String NEW_API = "newapi";
    private static final TypeReference<List<@Nullable PriceRule>> RULES = new TypeReference<>() {};

    private final PriceSource source;

    /** What a text is read as. */
    private interface Reading {
        List<PriceRule> read(String json) throws JsonProcessingException;
    }

    /** Makes an import that asks through a source. */
    public PriceImport(PriceSource source) {
        this.source = source;
    }

    /**
     * Returns the prices of a site.
     *
     * @param endpoint the address of the site, with or without a slash at the end; without a scheme, https is meant
     * @param system empty for a site of this kind, {@code newapi} for New API
     * @param rate what a dollar is counted as, where the site's prices are in dollars
     * @throws IllegalArgumentException with a sentence for the administrator that names the address, when there is
     *     nothing to be had or the system is unknown
     */
    public List<PriceRule> prices(String endpoint, String system, DollarRate rate) {
        String base = base(endpoint);
        if (system.isEmpty()) {
            URI first = uri(base + "/api/v1/charge");
            PriceSource.Fetched answer = fetch(first);
            // The routes of the model lie directly below the address where the site serves nothing else.
            return answer.status() == 200 && isList(answer)
                    ? read(first, answer, PriceImport::rules)
                    : wanted(uri(base + "/v1/charge"), PriceImport::rules);
        }
        if (system.equals(NEW_API)) {
            return wanted(uri(base + "/api/pricing"), json -> NewApiPricing.read(json, rate));
        }
        throw new IllegalArgumentException(
                "the system '%s' is unknown; it must be empty or %s".formatted(shortened(system), NEW_API));
    }

    private List<PriceRule> wanted(URI address, Reading reading) {
        PriceSource.Fetched answer = fetch(address);
        if (answer.status() != 200) {
            String hint = answer.status() / 100 == 3 ? ", which leads elsewhere; enter the address it leads to" : "";
            throw refusal(address, "answered with status " + answer.status() + hint);
        }
        return read(address, answer, reading);
    }

    private PriceSource.Fetched fetch(URI address) {
        try {
            return source.fetch(address, MAX_BYTES, TIMEOUT);
        } catch (PriceSource.Unfetched e) {
            throw refusal(address, String.valueOf(e.getMessage()));
        }
    }

    private static List<PriceRule> read(URI address, PriceSource.Fetched answer, Reading reading) {
        try {
            return reading.read(new String(answer.body(), StandardCharsets.UTF_8));
        } catch (ValueInstantiationException e) {
            // Why would quote what came.
            throw refusal(address, "holds a price rule that cannot be used here");
        } catch (JsonProcessingException e) {
            throw refusal(address, "does not hold a price list");
        } catch (IllegalArgumentException e) {
            throw refusal(address, "cannot be used: " + e.getMessage());
        }
    }

    private static List<PriceRule> rules(String json) throws JsonProcessingException {
        List<@Nullable PriceRule> rules = Json.read(json, RULES);
        if (rules == null || rules.stream().anyMatch(rule -> rule == null)) {
            throw new IllegalArgumentException("it is no list of price rules");
        }
        return List.copyOf(rules);
    }

    /** Sites whose pages come from elsewhere answer every address with a page, and status 200. */
    private static boolean isList(PriceSource.Fetched answer) {
        for (byte b : answer.body()) {
            if (b > ' ') {
                return b == '[';
            }
        }
        return false;
    }

    private static String base(String endpoint) {
        String text = endpoint.strip();
        if (text.length() > MAX_ADDRESS) {
            throw new IllegalArgumentException(
                    "the address of the site has more than %d characters".formatted(MAX_ADDRESS));
        }
        String absolute = text.contains("://") ? text : "https://" + text;
        int end = absolute.length();
        while (end > 0 && absolute.charAt(end - 1) == '/') {
            end--;
        }
        return absolute.substring(0, end);
    }

    private static URI uri(String text) {
        try {
            URI address = new URI(text);
            String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
            if ((scheme.equals("https") || scheme.equals("http"))
                    && address.getHost() != null
                    && address.getRawUserInfo() == null
                    && address.getRawQuery() == null
                    && address.getRawFragment() == null) {
                return address;
            }
        } catch (URISyntaxException e) {
            // Told below, like all that is no address of a site.
        }
        throw new IllegalArgumentException("the address of a site must look like https://prices.example.com, without"
                + " a user name, a query or a fragment; is '%s'".formatted(shortened(text)));
    }

    private static IllegalArgumentException refusal(URI address, String reason) {
        return new IllegalArgumentException(address + " " + reason);
    }

    private static String shortened(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }
}
