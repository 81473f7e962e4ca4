package io.patchbay.relay.cache;

import java.util.Optional;
import java.util.Set;

/** One call at the cache: what it found, and the place its own answer may take. */
public final class CacheVisit {
    private final AnswerCache cache;
    private final String model;
    private final AnswerStore.Slot slot;
    private final long begun;
    private final Optional<CachedAnswer> hit;

    CacheVisit(AnswerCache cache, String model, AnswerStore.Slot slot, long begun, Optional<CachedAnswer> hit) {
        this.cache = cache;
        this.model = model;
        this.slot = slot;
        this.begun = begun;
        this.hit = hit;
    }

    /** Returns the answer to give, or nothing when an upstream has to be asked. */
    public Optional<CachedAnswer> hit() {
        return hit;
    }

    /**
     * Keeps the answer of the attempt that answered the call; to be called once, when the exchange has ended well. Does
     * not block.
     *
     * @param recorder what heard that attempt, and no other
     * @param dropped the client's fields the upstream did not see
     */
    public void answered(AnswerRecorder recorder, Set<String> dropped) {
        cache.keep(model, slot, begun, recorder.answer(dropped));
    }
}
