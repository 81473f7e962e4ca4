package io.patchbay.dialects.gemini;

import io.patchbay.dialects.Tally;
import io.patchbay.dialects.TapFacts;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Usage;
import io.patchbay.spi.json.JsonObject;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is learned of one answer. */
final class GeminiFacts implements TapFacts {
    private final Tally tally = new Tally();
    private final Map<Integer, Candidate> candidates = new TreeMap<>();
    private final Map<Integer, String> finishes = new TreeMap<>();
    private final Map<Integer, String> finishesView = Collections.unmodifiableMap(finishes);
    private @Nullable String id;
    private @Nullable String model;
    private @Nullable Usage usage;
    private boolean content;
    private boolean ended;
    private int toolCalls;
    private @Nullable Fault fault;

    /** What is known of one candidate. */
    static final class Candidate {
        final int index;
        /** The last finish reason: old servers say one with every piece. */
        @Nullable
        String word;

        int calls;
        boolean texted;
        final Set<String> cited = new HashSet<>();

        private Candidate(int index) {
            this.index = index;
        }
    }

    Candidate candidate(int index) {
        return candidates.computeIfAbsent(index, Candidate::new);
    }

    Collection<Candidate> candidates() {
        return candidates.values();
    }

    /** Returns whether nothing that comes matters any more. */
    boolean over() {
        return ended || fault != null;
    }

    void id(@Nullable String value) {
        id = id == null ? value : id;
    }

    void model(@Nullable String value) {
        model = model == null ? value : model;
    }

    void usage(JsonObject metadata) {
        usage = UsageMetadata.read(metadata);
    }

    void sawContent() {
        content = true;
    }

    void said(String text) {
        content = true;
        tally.add(text);
    }

    void called(Candidate candidate, String name, String arguments) {
        candidate.calls++;
        toolCalls++;
        said(name);
        tally.add(arguments);
    }

    void finish(Candidate candidate, String reason) {
        finishes.put(candidate.index, reason);
    }

    void complete() {
        ended = true;
    }

    void fail(Fault value) {
        fault = fault == null ? value : fault;
    }

    void malformed(String message) {
        fail(Fault.builder(FaultKind.UPSTREAM, message).sub("malformed_answer").build());
    }

    @Override
    public @Nullable String upstreamId() {
        return id;
    }

    @Override
    public @Nullable String upstreamModel() {
        return model;
    }

    @Override
    public @Nullable Usage usage() {
        return usage == null || usage.input() == 0 && usage.output() == 0 ? null : usage;
    }

    @Override
    public Map<Integer, String> finishes() {
        return finishesView;
    }

    @Override
    public boolean content() {
        return content;
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public int toolCalls() {
        return toolCalls;
    }

    @Override
    public Tally tally() {
        return tally;
    }

    @Override
    public @Nullable Fault fault() {
        return fault;
    }
}
