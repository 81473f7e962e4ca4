package io.patchbay.relay.channel;

import io.patchbay.relay.exchange.ProxySetting;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A configured upstream. Immutable.
 *
 * @param priority higher is tried first
 * @param weight share among channels of the same priority, at least 1
 * @param models what it offers, as the operator listed it
 * @param attempts how often it is tried for one call, at least 1
 * @param keys credential lines, trimmed, none empty
 * @param endpoint base address, trimmed; empty for the type's default
 * @param groups user groups that may use it; empty for all
 * @param extra further fields of the operator's form and options of the type, as JSON text by name
 * @param settings what this server knows of the further fields
 */
public record Channel(
        long id,
        String name,
        String type,
        int priority,
        int weight,
        List<String> models,
        int attempts,
        List<String> keys,
        String endpoint,
        ModelMapping mapping,
        boolean active,
        Set<String> groups,
        ProxySetting proxy,
        Map<String, String> extra,
        ChannelSettings settings) {
    /** The field of the operator's form that says what happens with fields the upstream cannot take. */
    static final String UNMAPPED_FIELDS = "unmappedFields";

    /**
     * Creates a channel.
     *
     * @throws IllegalArgumentException with a sentence that names the further field that cannot be understood
     */
    public Channel(
            long id,
            String name,
            String type,
            int priority,
            int weight,
            List<String> models,
            int attempts,
            List<String> keys,
            String endpoint,
            ModelMapping mapping,
            boolean active,
            Set<String> groups,
            ProxySetting proxy,
            Map<String, String> extra) {
        this(
                id,
                name,
                type,
                priority,
                weight,
                models,
                attempts,
                keys,
                endpoint,
                mapping,
                active,
                groups,
                proxy,
                extra,
                ChannelSettings.read(extra));
    }

    public Channel {
        models = List.copyOf(models);
        keys = List.copyOf(keys);
        groups = Set.copyOf(groups);
        extra = Map.copyOf(extra);
    }

    /** Returns the models clients may ask this channel for, in order. */
    public List<String> offered() {
        return mapping.offered(models);
    }

    /** Returns whether members of that group may use it; {@code null} stands for an unnamed group. */
    public boolean serves(@Nullable String group) {
        return groups.isEmpty() || (group != null && groups.contains(group));
    }
}
