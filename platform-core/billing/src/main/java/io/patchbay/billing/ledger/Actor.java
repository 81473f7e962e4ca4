package io.patchbay.billing.ledger;

/**
 * Who caused a change of a balance, as written into the ledger.
 *
 * @param userId the number of the user; 0 for the server itself
 * @param name the name of the user at that time, or of the part of the server
 */
public record Actor(long userId, String name) {
    /** The server settling and releasing what requests reserved. */
    public static final Actor SERVER = new Actor(0, "server");

    private static final int MAX_LENGTH = 255;

    /** Returns the text kept in the ledger, for example {@code 7:alice}; never longer than 255 characters. */
    public String label() {
        String label = userId + ":" + name;
        return label.length() <= MAX_LENGTH ? label : label.substring(0, MAX_LENGTH);
    }
}
