package io.patchbay.billing.price;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The price rules of one version, with an index from model to price. Immutable; each change returns the rules of the
 * next version.
 */
final class PriceList {
    /** The list of a server that has never had a rule. */
    static final PriceList EMPTY = new PriceList(0, PriceDocument.EMPTY);

    private final long version;
    private final PriceDocument document;

    /** For each model the rules that name it, in list order. */
    private final Map<String, List<PriceRule>> naming;

    PriceList(long version, List<PriceRule> rules) {
        this(version, new PriceDocument(rules, Map.of()));
    }

    PriceList(long version, PriceDocument document) {
        this.version = version;
        this.document = document;
        Map<String, List<PriceRule>> index = new HashMap<>();
        for (PriceRule rule : document.rules()) {
            for (String model : rule.models()) {
                index.computeIfAbsent(model, name -> new ArrayList<>(1)).add(rule);
            }
        }
        this.naming = index;
    }

    long version() {
        return version;
    }

    PriceDocument document() {
        return document;
    }

    List<PriceRule> rules() {
        return document.rules();
    }

    /** Returns the price of a model for a group at a time. */
    Optional<Price> find(String model, String group, Instant at) {
        PriceRule rule = deciding(naming.getOrDefault(model, List.of()), at);
        if (rule == null) {
            return Optional.empty();
        }
        BigDecimal multiplier = document.groups().getOrDefault(group, BigDecimal.ONE);
        return Optional.of(new Price(rule, new PriceTag(version, group, at), multiplier));
    }

    /** The rule that came into force last; among equals, which those without a date are, the first in the list. */
    private static @Nullable PriceRule deciding(List<PriceRule> rules, Instant at) {
        PriceRule deciding = null;
        for (PriceRule rule : rules) {
            if (rule.inForce(at) && (deciding == null || begin(rule).isAfter(begin(deciding)))) {
                deciding = rule;
            }
        }
        return deciding;
    }

    private static Instant begin(PriceRule rule) {
        return Objects.requireNonNullElse(rule.effectiveFrom(), Instant.MIN);
    }

    /** Adds the rule when its number is -1, else replaces the rule of that number, if there is one. */
    List<PriceRule> set(PriceRule rule) {
        List<PriceRule> next = new ArrayList<>(rules());
        if (rule.id() == PriceBook.NEW_RULE) {
            next.add(rule.withId(nextId(next)));
        } else {
            next.replaceAll(old -> old.id() == rule.id() ? rule : old);
        }
        return next;
    }

    /** Removes the rule of that number, if there is one. */
    List<PriceRule> delete(long id) {
        return rules().stream().filter(rule -> rule.id() != id).toList();
    }

    /**
     * Adds the incoming rules for models that no rule names yet. Of several incoming ones for the same model and moment
     * the first counts.
     */
    List<PriceRule> addMissing(List<PriceRule> incoming) {
        List<PriceRule> next = new ArrayList<>(rules());
        Set<Map.Entry<String, Instant>> added = new HashSet<>();
        long id = nextId(next);
        for (PriceRule rule : incoming) {
            List<String> fresh = rule.models().stream()
                    .filter(model -> !naming.containsKey(model) && added.add(Map.entry(model, begin(rule))))
                    .toList();
            if (!fresh.isEmpty()) {
                next.add(rule.withModels(fresh).withId(id++));
            }
        }
        return next;
    }

    /**
     * Adds the incoming rules, each of which decides about its models from its moment on: they are taken out of the
     * existing rules that begin then or later. Of those without a date only the first loses a model, as in the
     * original.
     */
    List<PriceRule> overwrite(List<PriceRule> incoming) {
        List<PriceRule> next = new ArrayList<>(rules());
        // Numbers of rules that lose their last model here are not given out again: they tell old from added.
        long firstAdded = nextId(next);
        long id = firstAdded;
        for (PriceRule rule : incoming) {
            if (rule.models().isEmpty()) {
                continue;
            }
            for (String model : rule.models()) {
                takeOut(next, model, begin(rule), firstAdded);
            }
            next.add(rule.withId(id++));
        }
        return next;
    }

    private static void takeOut(List<PriceRule> rules, String model, Instant from, long firstAdded) {
        boolean undatedTaken = !from.equals(Instant.MIN);
        for (ListIterator<PriceRule> all = rules.listIterator(); all.hasNext(); ) {
            PriceRule rule = all.next();
            if (!rule.models().contains(model)) {
                continue;
            }
            Instant begin = begin(rule);
            boolean undated = begin.equals(Instant.MIN);
            // What was added by the same list stays for its other moments.
            boolean taken =
                    undated ? !undatedTaken : rule.id() < firstAdded ? !begin.isBefore(from) : begin.equals(from);
            undatedTaken |= undated;
            if (taken) {
                List<String> rest = rule.models().stream()
                        .filter(name -> !name.equals(model))
                        .toList();
                if (rest.isEmpty()) {
                    all.remove();
                } else {
                    all.set(rule.withModels(rest));
                }
            }
        }
    }

    /**
     * Returns the rules that decide about a model at one time or another, by their beginning: the first of those
     * without a date, and the first for each date. Each names this model alone and has the number 0, so that they can
     * be compared with those of another list.
     */
    List<PriceRule> course(String model) {
        Map<Instant, PriceRule> first = new TreeMap<>();
        for (PriceRule rule : naming.getOrDefault(model, List.of())) {
            first.putIfAbsent(begin(rule), rule.withId(0).withModels(List.of(model)));
        }
        return List.copyOf(first.values());
    }

    /** Returns the names of all models that a rule names, in list order. */
    Set<String> models() {
        Set<String> models = new LinkedHashSet<>();
        rules().forEach(rule -> models.addAll(rule.models()));
        return models;
    }

    private static long nextId(List<PriceRule> rules) {
        return rules.stream().mapToLong(PriceRule::id).max().orElse(0) + 1;
    }
}
