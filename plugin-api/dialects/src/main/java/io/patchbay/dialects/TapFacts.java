package io.patchbay.dialects;

import io.patchbay.spi.Fault;
import io.patchbay.spi.Usage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a tap or a decoder learned of an answer. A live view: read it in the thread that feeds the tap. */
public interface TapFacts {
    /** Returns the upstream's id of the answer, or {@code null} while unknown. */
    @Nullable
    String upstreamId();

    /** Returns the upstream's name of the model that answers, or {@code null} while unknown. */
    @Nullable
    String upstreamModel();

    /** Returns the last usage the upstream told, or {@code null} when it told none. */
    @Nullable
    Usage usage();

    /** Returns the finish reason of each finished choice, in the words of the dialect. */
    Map<Integer, String> finishes();

    /** Returns whether anything of substance came: text, reasoning, a refusal, a tool call, media. */
    boolean content();

    /** Returns whether the end marker came, or the body ended complete. */
    boolean ended();

    /** Returns the number of tool calls of all choices. */
    int toolCalls();

    /** Returns the count of output characters, to estimate tokens when usage never comes. */
    Tally tally();

    /** Returns what went wrong, or {@code null}. */
    @Nullable
    Fault fault();
}
