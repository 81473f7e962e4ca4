package io.patchbay.spi;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * How a vendor departs from the dialect it speaks, as data. The same profile serves a plugin with code and a vendor
 * that is added without any.
 */
@ProviderType
public final class Profile {
    public static final Profile STANDARD = builder().build();

    private final boolean endMarker;
    private final boolean asksForUsage;
    private final Map<String, String> renamed;
    private final Set<String> dropped;
    private final Map<String, String> finishWords;

    private Profile(Builder builder) {
        this.endMarker = builder.endMarker;
        this.asksForUsage = builder.asksForUsage;
        this.renamed = Map.copyOf(builder.renamed);
        this.dropped = Set.copyOf(builder.dropped);
        this.finishWords = Map.copyOf(builder.finishWords);
    }

    /** Returns a builder that starts with the standard. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns whether a stream is only complete with its end marker; else a finish reason is enough. */
    public boolean endMarker() {
        return endMarker;
    }

    /** Returns whether the vendor understands the request for a usage event ({@code stream_options.include_usage}). */
    public boolean asksForUsage() {
        return asksForUsage;
    }

    /** Returns request fields that this vendor calls otherwise: our name to its name. */
    public Map<String, String> renamed() {
        return renamed;
    }

    /** Returns request fields this vendor refuses; they are left out and reported to the caller. */
    public Set<String> dropped() {
        return dropped;
    }

    /** Returns finish reasons of this vendor and what they mean in the dialect. */
    public Map<String, String> finishWords() {
        return finishWords;
    }

    /** Collects a profile; not safe for use by several threads. */
    public static final class Builder {
        private boolean endMarker;
        private boolean asksForUsage = true;
        private final Map<String, String> renamed = new LinkedHashMap<>();
        private final Set<String> dropped = new LinkedHashSet<>();
        private final Map<String, String> finishWords = new LinkedHashMap<>();

        private Builder() {}

        /** Sets whether the end marker is required. */
        public Builder endMarker(boolean value) {
            this.endMarker = value;
            return this;
        }

        /** Sets whether the vendor understands the request for usage. */
        public Builder asksForUsage(boolean value) {
            this.asksForUsage = value;
            return this;
        }

        /** Sends a request field under another name. */
        public Builder rename(String ours, String theirs) {
            renamed.put(ours, theirs);
            return this;
        }

        /** Leaves a request field out. */
        public Builder drop(String field) {
            dropped.add(field);
            return this;
        }

        /** Says what a vendor's finish reason means. */
        public Builder finishWord(String theirs, String ours) {
            finishWords.put(theirs, ours);
            return this;
        }

        /** Returns the profile. */
        public Profile build() {
            return new Profile(this);
        }
    }
}
