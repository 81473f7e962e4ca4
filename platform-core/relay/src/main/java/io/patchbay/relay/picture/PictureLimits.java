package io.patchbay.relay.picture;

import io.patchbay.foundation.bounds.HeapShare;
import java.time.Duration;

/**
 * The bounds of pictures.
 *
 * @param each bytes of one picture
 * @param fetches how many are fetched for one call
 * @param together bytes of all pictures of one call
 * @param time for fetching all pictures of one call
 * @param redirects how many a fetch follows
 * @param inFlight bytes of the pictures of all calls at one time
 */
record PictureLimits(long each, int fetches, long together, Duration time, int redirects, long inFlight) {
    private static final long MEBIBYTE = 1024 * 1024;

    /** The usual bounds; a small heap bounds what is in flight further. */
    static PictureLimits usual() {
        return new PictureLimits(
                20 * MEBIBYTE, 16, 40 * MEBIBYTE, Duration.ofSeconds(10), 3, HeapShare.bytes(256 * MEBIBYTE, 8));
    }
}
