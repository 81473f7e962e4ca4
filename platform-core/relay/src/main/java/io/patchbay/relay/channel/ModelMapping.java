package io.patchbay.relay.channel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A channel's model mapping: one {@code from>to} a line sends a request for {@code from} upstream as {@code to};
 * {@code !from>to} also hides the name {@code to} from clients. Blanks and carriage returns around names do not count;
 * lines of any other form are ignored, as the seed product does.
 */
public record ModelMapping(String text, Map<String, String> upstreamNames, Set<String> hidden) {
    public ModelMapping {
        upstreamNames = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(upstreamNames));
        hidden = Set.copyOf(hidden);
    }

    /** Reads a mapping text. */
    public static ModelMapping read(String text) {
        Map<String, String> names = new LinkedHashMap<>();
        Set<String> hidden = new LinkedHashSet<>();
        text.lines().map(String::trim).forEach(line -> {
            int arrow = line.indexOf('>');
            if (arrow < 0 || line.indexOf('>', arrow + 1) >= 0) {
                return;
            }
            boolean hides = line.startsWith("!");
            String from = line.substring(hides ? 1 : 0, arrow).trim();
            String to = line.substring(arrow + 1).trim();
            if (from.isEmpty() || to.isEmpty()) {
                return;
            }
            names.put(from, to);
            if (hides) {
                hidden.add(to);
            }
        });
        return new ModelMapping(text, names, hidden);
    }

    /** Returns the upstream's name of a model. */
    public String upstream(String model) {
        return upstreamNames.getOrDefault(model, model);
    }

    /** Returns what clients may ask for: the listed models and all {@code from} names, without hidden ones. */
    List<String> offered(List<String> models) {
        Set<String> all = new LinkedHashSet<>(models);
        all.addAll(upstreamNames.keySet());
        all.removeAll(hidden);
        return new ArrayList<>(all);
    }
}
