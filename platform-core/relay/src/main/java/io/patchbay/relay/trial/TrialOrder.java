package io.patchbay.relay.trial;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an operator wants to see.
 *
 * @param model by the name clients use; {@code null} for the first of the channel that chats
 * @param key the place of the key among the channel's, from 0; {@code null} for any
 * @param stream whether the answer is asked for as it is made
 * @param prompt at most {@value #LONGEST_PROMPT} characters
 * @param maxTokens the bound of the answer, 1 to {@value #MOST_TOKENS}
 * @param patience for the whole trial, 1 to 120 s
 */
public record TrialOrder(
        @Nullable String model,
        @Nullable Integer key,
        boolean stream,
        String prompt,
        int maxTokens,
        Duration patience) {
    /** What is asked unless the operator asks something else. */
    public static final String PROMPT = "Say OK.";

    /** How many characters a prompt has at most. */
    public static final int LONGEST_PROMPT = 4_000;

    /** How long an answer is at most unless the operator says otherwise. */
    public static final int TOKENS = 64;

    /** How long an answer an operator may ask for. */
    public static final int MOST_TOKENS = 4_096;

    /** How long a trial takes at most unless the operator says otherwise. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    /** How long a trial an operator may ask for. */
    public static final Duration MOST_PATIENCE = Duration.ofSeconds(120);

    /** A short streamed chat with any key. */
    public static final TrialOrder USUAL = new TrialOrder(null, null, true, PROMPT, TOKENS, PATIENCE);
}
