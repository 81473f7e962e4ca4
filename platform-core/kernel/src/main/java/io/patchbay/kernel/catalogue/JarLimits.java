package io.patchbay.kernel.catalogue;

/**
 * How large a plugin may be.
 *
 * @param fileBytes the jar file
 * @param unpackedBytes everything in it, unpacked, nested jars once more
 * @param entries its entries, those of nested jars included
 */
public record JarLimits(long fileBytes, long unpackedBytes, int entries) {
    /** 64 MiB packed, 256 MiB unpacked, 20,000 entries. */
    public static final JarLimits DEFAULT = new JarLimits(64L << 20, 256L << 20, 20_000);
}
