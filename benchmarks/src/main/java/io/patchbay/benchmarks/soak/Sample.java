package io.patchbay.benchmarks.soak;

import io.patchbay.benchmarks.load.FailureKind;
import java.util.Map;

/**
 * Ten seconds of it.
 *
 * @param second of the run at which it ends
 * @param callsPerSecond of all parts, complete and right
 * @param cut streams that were cut
 * @param unforeseen what else failed that must not
 * @param foreseen what failed because the upstream did
 * @param left clients that have left
 * @param plainP99 of plain calls, milliseconds
 * @param heapMb used after full collections, NaN where it was not asked for
 * @param residentMb resident memory
 * @param metaspaceMb used metaspace
 */
record Sample(
        long second,
        double callsPerSecond,
        long cut,
        Map<FailureKind, Long> unforeseen,
        long foreseen,
        long left,
        double plainP99,
        double heapMb,
        double residentMb,
        double metaspaceMb,
        int threads,
        int openFiles) {}
