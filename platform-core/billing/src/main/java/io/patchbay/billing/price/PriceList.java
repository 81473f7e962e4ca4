package io.patchbay.billing.price;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The price rules of one version, with an index from model to price. Immutable; each change returns the rules of the
 * next version.
 */
final class PriceList {
    /** The list of a server that has never had a rule. */
    static final PriceList EMPTY = new PriceList(0, List.of());

    private final long version;
    private final List<PriceRule> rules;
    private final Map<String, Price> prices;

    PriceList(long version, List<PriceRule> rules) {
        this.version = version;
        this.rules = List.copyOf(rules);
        Map<String, Price> index = new HashMap<>();
        for (PriceRule rule : this.rules) {
            Price price = new Price(rule, version);
            for (String model : rule.models()) {
                index.putIfAbsent(model, price); // the first rule in list order wins
            }
        }
        this.prices = index;
    }

    long version() {
        return version;
    }

    List<PriceRule> rules() {
        return rules;
    }

    Optional<Price> find(String model) {
        return Optional.ofNullable(prices.get(model));
    }

    /** Adds the rule when its number is -1, else replaces the rule of that number, if there is one. */
    List<PriceRule> set(PriceRule rule) {
        List<PriceRule> next = new ArrayList<>(rules);
        if (rule.id() == PriceBook.NEW_RULE) {
            next.add(rule.withId(nextId(next)));
        } else {
            next.replaceAll(old -> old.id() == rule.id() ? rule : old);
        }
        return next;
    }

    /** Removes the rule of that number, if there is one. */
    List<PriceRule> delete(long id) {
        return rules.stream().filter(rule -> rule.id() != id).toList();
    }

    /** Adds the incoming rules for models that no rule names yet. */
    List<PriceRule> addMissing(List<PriceRule> incoming) {
        List<PriceRule> next = new ArrayList<>(rules);
        Set<String> known = new HashSet<>(prices.keySet());
        for (PriceRule rule : incoming) {
            List<String> fresh = rule.models().stream().filter(known::add).toList();
            if (!fresh.isEmpty()) {
                next.add(rule.withModels(fresh).withId(nextId(next)));
            }
        }
        return next;
    }

    /** Adds the incoming rules and takes their models out of the first existing rule that names them. */
    List<PriceRule> overwrite(List<PriceRule> incoming) {
        List<PriceRule> next = new ArrayList<>(rules);
        for (PriceRule rule : incoming) {
            if (rule.models().isEmpty()) {
                continue;
            }
            rule.models().forEach(model -> takeOut(next, model));
            next.add(rule.withId(nextId(next)));
        }
        return next;
    }

    private static void takeOut(List<PriceRule> rules, String model) {
        for (int i = 0; i < rules.size(); i++) {
            PriceRule rule = rules.get(i);
            if (rule.models().contains(model)) {
                List<String> rest = rule.models().stream()
                        .filter(name -> !name.equals(model))
                        .toList();
                if (rest.isEmpty()) {
                    rules.remove(i);
                } else {
                    rules.set(i, rule.withModels(rest));
                }
                return;
            }
        }
    }

    private static long nextId(List<PriceRule> rules) {
        return rules.stream().mapToLong(PriceRule::id).max().orElse(0) + 1;
    }
}
