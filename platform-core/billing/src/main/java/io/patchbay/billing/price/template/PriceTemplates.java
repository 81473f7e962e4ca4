package io.patchbay.billing.price.template;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import io.patchbay.billing.price.DollarRate;
import io.patchbay.billing.price.PartPrices;
import io.patchbay.billing.price.PriceRule;
import io.patchbay.billing.price.PriceType;
import io.patchbay.foundation.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The list prices of vendors that come with the program, as price rules in credits. They are data of the program
 * ({@code templates.json}), taken from public price pages at the month each group of them tells. Immutable.
 */
public final class PriceTemplates {
    private static final String FILE = "templates.json";
    private static final TypeReference<List<PriceGroup>> GROUPS = new TypeReference<>() {};

    private final List<PriceGroup> groups;

    /**
     * Where some of the prices are from.
     *
     * @param vendor what the prices can be asked for by
     * @param name the vendor's name for people
     * @param source the page
     * @param asOf the month in which the prices stood there, such as {@code 2026-07}
     * @param currency {@code USD} or {@code CNY}
     * @param unit what the page's prices are for
     * @param note what else one must know; may be empty
     * @param models how many models the page gives prices for here
     */
    public record Origin(
            String vendor,
            String name,
            String source,
            @JsonProperty("as_of") String asOf,
            String currency,
            String unit,
            String note,
            int models) {}

    PriceTemplates(List<PriceGroup> groups) {
        this.groups = List.copyOf(groups);
    }

    /** Reads the prices that come with the program. */
    public static PriceTemplates shipped() {
        try (InputStream in = PriceTemplates.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is missing in the program");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " cannot be read", e);
        }
    }

    static PriceTemplates parse(String json) throws IOException {
        return new PriceTemplates(Json.read(json, GROUPS));
    }

    List<PriceGroup> groups() {
        return groups;
    }

    /** Returns where the prices are from, in the order of the data. */
    public List<Origin> origins() {
        return groups.stream()
                .map(group -> new Origin(
                        group.vendor(),
                        group.name(),
                        group.source(),
                        group.asOf().toString(),
                        group.currency().name(),
                        group.unit().text(),
                        group.note(),
                        group.prices().stream()
                                .mapToInt(price -> price.models().size())
                                .sum()))
                .toList();
    }

    /** Returns the newest month of any of the prices, such as {@code 2026-07}; empty when there are none. */
    public String asOf() {
        return groups.stream()
                .map(PriceGroup::asOf)
                .max(Comparator.naturalOrder())
                .map(YearMonth::toString)
                .orElse("");
    }

    /**
     * Returns the prices as rules, numbered from 1. A model that several groups name is in the first of them only.
     *
     * @param vendor whose prices; empty for all
     */
    public List<PriceRule> rules(DollarRate rate, String vendor) {
        List<PriceRule> rules = new ArrayList<>();
        Set<String> named = new HashSet<>();
        for (PriceGroup group : groups) {
            if (!vendor.isEmpty() && !vendor.equals(group.vendor())) {
                continue;
            }
            for (PriceGroup.ModelPrice price : group.prices()) {
                List<String> models = price.models().stream().filter(named::add).toList();
                if (!models.isEmpty()) {
                    rules.add(rule(rules.size() + 1L, models, group, price, rate));
                }
            }
        }
        return rules;
    }

    private static PriceRule rule(
            long id, List<String> models, PriceGroup group, PriceGroup.ModelPrice price, DollarRate rate) {
        PriceType type = group.unit() == PriceGroup.Unit.CALL ? PriceType.TIMES_BILLING : PriceType.TOKEN_BILLING;
        return new PriceRule(
                id,
                type.wireName(),
                models,
                orZero(credits(price.input(), group, rate)),
                orZero(credits(price.output(), group, rate)),
                false,
                new PartPrices(
                        credits(price.cachedInput(), group, rate),
                        credits(price.cacheWrite(), group, rate),
                        credits(price.reasoning(), group, rate),
                        credits(price.audioInput(), group, rate),
                        credits(price.audioOutput(), group, rate),
                        credits(price.imageInput(), group, rate),
                        credits(price.imageOutput(), group, rate)),
                null);
    }

    private static @Nullable BigDecimal credits(@Nullable BigDecimal price, PriceGroup group, DollarRate rate) {
        return price == null ? null : group.currency().credits(group.unit().forRule(price), rate);
    }

    private static BigDecimal orZero(@Nullable BigDecimal price) {
        return price == null ? BigDecimal.ZERO : price;
    }
}
