package io.patchbay.foundation.bounds;

/**
 * Sizes what is kept in memory by the heap there is, so that a small one holds all bounds together. The heap is what
 * {@code -Xmx} says, or what the virtual machine chose.
 */
public final class HeapShare {
    private HeapShare() {}

    /**
     * Returns a number of bytes.
     *
     * @param most what a large heap gives
     * @param divisor the part of the heap that is never exceeded: 8 stands for an eighth
     */
    public static long bytes(long most, int divisor) {
        return Math.max(1, Math.min(most, Runtime.getRuntime().maxMemory() / divisor));
    }

    /**
     * Returns a number of entries.
     *
     * @param most what a large heap gives
     * @param bytesEach about what one takes with everything it refers to
     * @param divisor as in {@link #bytes}
     */
    public static int entries(int most, int bytesEach, int divisor) {
        return (int) Math.max(1, bytes((long) most * bytesEach, divisor) / bytesEach);
    }
}
