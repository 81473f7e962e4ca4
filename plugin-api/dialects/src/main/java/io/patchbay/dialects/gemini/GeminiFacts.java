package io.patchbay.dialects.gemini;

import io.patchbay.dialects.AnswerFacts;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is learned of one answer. */
final class GeminiFacts extends AnswerFacts {
    private final Map<Integer, Candidate> candidates = new TreeMap<>();

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

    /** Notes the names the answer and the model first came under; every piece may tell them. */
    void named(@Nullable String answerId, @Nullable String model) {
        begin(upstreamId() == null ? answerId : upstreamId(), upstreamModel() == null ? model : upstreamModel());
    }

    void called(Candidate candidate, String name, String arguments) {
        candidate.calls++;
        called(name);
        tally().add(arguments);
    }
}
