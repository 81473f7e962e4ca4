package io.patchbay.relay.trial;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How an inquiry went, whatever it was about. Holds no secrets.
 *
 * @param key the place of the key among the channel's, from 0; -1 when the channel has none
 * @param mask the key as it may be shown; empty when the channel has none
 * @param pluginId empty when no plugin provides the channel's type
 * @param pluginVersion empty when no plugin provides the channel's type
 * @param generation of the plugin, 0 when no plugin provides the channel's type
 * @param dropped fields the upstream did not see
 * @param notes what the plugin noted for the request log, in order
 * @param totalMillis from the beginning to the end
 * @param steps the transcript, in order
 */
public record InquiryFacts(
        int key,
        String mask,
        String pluginId,
        String pluginVersion,
        long generation,
        Set<String> dropped,
        Map<String, String> notes,
        long totalMillis,
        List<TrialStep> steps) {
    public InquiryFacts {
        dropped = Collections.unmodifiableSet(new TreeSet<>(dropped));
        notes = Collections.unmodifiableMap(new LinkedHashMap<>(notes));
        steps = List.copyOf(steps);
    }
}
