package io.patchbay.server.crash;

/**
 * Micro-credits over all users.
 *
 * @param billed the upstream's own bill over the settled calls whose usage it told
 * @param estimated what the settled calls cost whose usage was never told, by the tokens that the ledger names
 * @param charged what left the accounts
 * @param writtenOff what calls cost beyond the bound to which an account may be overdrawn
 * @param unpaid what the upstream billed for calls that a kill cut, which cost the users nothing
 */
record Sums(long billed, long estimated, long charged, long writtenOff, long unpaid) {
    /** Returns what the bill and the ledger differ by. */
    long difference() {
        return billed + estimated - charged - writtenOff;
    }
}
