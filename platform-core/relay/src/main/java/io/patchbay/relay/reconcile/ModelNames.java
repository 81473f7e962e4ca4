package io.patchbay.relay.reconcile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which of the provider's models is which of ours. Names that are the same belong together. Of those that are left, two
 * do when one is the other plus the date or number of a snapshot ({@code gpt-4o} and {@code gpt-4o-2024-08-06}), if
 * neither could belong to a third.
 */
final class ModelNames {
    private static final String DAY = "(0[1-9]|[12]\\d|3[01])";
    private static final String MONTH = "(0[1-9]|1[0-2])";
    private static final Pattern SNAPSHOT = Pattern.compile(
            "(.+)[-@:]((20)?\\d{2}" + MONTH + DAY + "|20\\d{2}-" + MONTH + "-" + DAY + "|" + MONTH + DAY + "|0\\d{2})");

    private ModelNames() {}

    /**
     * Finds the pairs.
     *
     * @param ours names of upstream models, each once
     * @param theirs names in the export, each once
     * @return our names with theirs; those without one are left out
     */
    static Map<String, String> pairs(Collection<String> ours, Collection<String> theirs) {
        Map<String, String> pairs = new HashMap<>();
        Set<String> oursLeft = new TreeSet<>(ours);
        Set<String> theirsLeft = new TreeSet<>(theirs);
        for (String name : ours) {
            if (theirsLeft.remove(name)) {
                oursLeft.remove(name);
                pairs.put(name, name);
            }
        }
        Candidates candidates = new Candidates(oursLeft, theirsLeft);
        for (String name : oursLeft) {
            List<String> possible = candidates.ofOurs.getOrDefault(name, List.of());
            if (possible.size() == 1
                    && candidates
                                    .ofTheirs
                                    .getOrDefault(possible.getFirst(), List.of())
                                    .size()
                            == 1) {
                pairs.put(name, possible.getFirst());
            }
        }
        return pairs;
    }

    /** Returns the name without its snapshot, the name itself when there is none. */
    static String base(String name) {
        Matcher snapshot = SNAPSHOT.matcher(name);
        return snapshot.matches() ? snapshot.group(1) : name;
    }

    /** Looks names up by what is left of them without a snapshot, so the work grows with the number of names only. */
    private static final class Candidates {
        private final Map<String, List<String>> ofOurs = new HashMap<>();
        private final Map<String, List<String>> ofTheirs = new HashMap<>();

        Candidates(Set<String> ours, Set<String> theirs) {
            for (String name : theirs) {
                String base = base(name);
                if (!base.equals(name) && ours.contains(base)) {
                    add(base, name);
                }
            }
            for (String name : ours) {
                String base = base(name);
                if (!base.equals(name) && theirs.contains(base)) {
                    add(name, base);
                }
            }
        }

        private void add(String ours, String theirs) {
            ofOurs.computeIfAbsent(ours, ignored -> new ArrayList<>()).add(theirs);
            ofTheirs.computeIfAbsent(theirs, ignored -> new ArrayList<>()).add(ours);
        }
    }
}
