package io.patchbay.spi;

/**
 * A way in which a vendor of OpenAI's chat dialect is particular about messages; see {@link Profile#messageRules()}.
 */
public enum MessageRule {
    /** All system messages become one, in front of all others. */
    ONE_SYSTEM_FIRST,
    /** There is no system role: what system messages say is put in front of the first user message. */
    SYSTEM_INTO_USER,
    /** A first message that is none of the user's becomes one; a system message in front of it does not count. */
    USER_FIRST,
    /** Neighbours of one role become one message. */
    MERGE_NEIGHBOURS,
    /** A list of parts that are all text becomes a string. */
    TEXT_AS_STRING,
    /** Every content is a string; parts that are no text are left out and told to the caller. */
    STRING_ONLY,
    /** An assistant message without text has the content {@code ""}. */
    EMPTY_AS_STRING,
    /** An assistant message without text has the content {@code null}. */
    EMPTY_AS_NULL,
    /** A user or assistant message that says nothing at all has a blank as its content. */
    EMPTY_AS_BLANK,
    /** Pictures sent as bytes are bare Base64, without the {@code data:} and the type in front. */
    BARE_PICTURES,
    /** Messages have no {@code name}; it is left out and told to the caller. */
    NO_NAMES,
    /** An assistant message with tool calls has a {@code reasoning_content}, empty when the client did not keep it. */
    REASONING_KEPT,
    /** Earlier reasoning is refused; it is left out and told to the caller. */
    NO_REASONING
}
