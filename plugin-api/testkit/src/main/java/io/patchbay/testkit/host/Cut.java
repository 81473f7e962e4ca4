package io.patchbay.testkit.host;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How the network cuts a body into reads. */
@FunctionalInterface
public interface Cut {
    /** Returns the reads; joined they are the body. */
    List<byte[]> reads(byte[] body);

    /** Delivers a body in one read. */
    static Cut whole() {
        return body -> body.length == 0 ? List.of() : List.of(body);
    }

    /** Delivers a body in two reads, cut at that offset. */
    static Cut at(int offset) {
        return body -> {
            int place = Math.clamp(offset, 0, body.length);
            return List.of(Arrays.copyOf(body, place), Arrays.copyOfRange(body, place, body.length));
        };
    }

    /** Delivers a body in reads of that size; 1 is byte by byte. */
    static Cut every(int bytes) {
        return body -> {
            List<byte[]> reads = new ArrayList<>();
            for (int from = 0; from < body.length; from += bytes) {
                reads.add(Arrays.copyOfRange(body, from, Math.min(body.length, from + bytes)));
            }
            return reads;
        };
    }
}
