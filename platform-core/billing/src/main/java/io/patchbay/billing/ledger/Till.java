package io.patchbay.billing.ledger;

/** The account of a {@link Deed}, inside its transaction. */
public interface Till {
    /** Returns what the account could still hold, in micro-credits; negative when it is overdrawn. */
    long available();

    /**
     * Takes credits from the account, which count as used, and writes the line of the deed.
     *
     * @param micro how much, 0 or more micro-credits
     * @return the balance afterwards
     * @throws InsufficientCredits when less is available; an amount of 0 is always available
     */
    long pay(long micro, String reason);

    /**
     * Adds credits to the account, which is made when there is none, and writes the line of the deed.
     *
     * @param micro how much, 0 or more micro-credits
     * @return the balance afterwards
     * @throws IllegalArgumentException when the account could not hold so much
     */
    long credit(long micro, String reason);
}
