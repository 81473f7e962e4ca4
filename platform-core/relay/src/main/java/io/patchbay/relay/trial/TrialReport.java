package io.patchbay.relay.trial;

import io.patchbay.spi.Fault;
import io.patchbay.spi.Usage;
import org.jspecify.annotations.Nullable;

/**
 * How a trial went. Holds no secrets.
 *
 * @param check what was done
 * @param model by the name clients use; empty when there was none to try
 * @param upstreamModel what the upstream calls it
 * @param listed whether the channel offers the model
 * @param stream whether the answer was asked for as it is made
 * @param answer what came; {@code null} unless a chat was tried
 * @param listing what the list of models came to; {@code null} unless it was asked for in place of a chat
 * @param fault why it failed; {@code null} when it went well, and when there was nothing to check
 */
public record TrialReport(
        Check check,
        String model,
        String upstreamModel,
        boolean listed,
        boolean stream,
        @Nullable Answer answer,
        @Nullable ModelListing listing,
        @Nullable Fault fault,
        InquiryFacts facts) {
    /** What was done to try a channel. */
    public enum Check {
        /** A chat. */
        CHAT,
        /** The list of models was asked for, because the model does not chat. */
        MODELS,
        /** Nothing: the model does not chat, and the upstream has no list of models. */
        NONE
    }

    /**
     * What came of a chat.
     *
     * @param text its beginning, at most 2,000 characters
     * @param cut whether there was more
     * @param reasoning whether the model was seen to think
     * @param finish why it ended, {@code null} when that was not told
     * @param usage what it consumed, {@code null} when that was not told
     * @param firstContentMillis from the beginning to the first content; -1 when none came
     */
    public record Answer(
            String text,
            boolean cut,
            boolean reasoning,
            @Nullable String finish,
            @Nullable Usage usage,
            long firstContentMillis) {}

    /** Returns whether the channel was seen to work. */
    public boolean ok() {
        return fault == null && check != Check.NONE;
    }
}
