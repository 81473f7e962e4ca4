package io.patchbay.plugin.ernie;

import io.patchbay.spi.FaultKind;
import io.patchbay.toolkit.VendorFaults;

/** What Baidu's error codes mean, by the pages "Error codes" of both APIs, read 2026-11. */
final class ErnieFaults {
    /** The numbers of the old API. */
    static final VendorFaults OLD = VendorFaults.NONE
            .code(FaultKind.RETRY, "2", "336100")
            .code(FaultKind.UPSTREAM, "1", "336000", "336104", "336200")
            .code(FaultKind.NO_ACCESS, "3", "6", "336004", "336005")
            .code(FaultKind.RATE, "4", "18", "336501", "336502", "336503")
            .code(FaultKind.KEY_DEAD, "13", "14", "15")
            .code(FaultKind.QUOTA, "17", "19")
            .code(FaultKind.KEY_STALE, "100", "110", "111")
            .code(FaultKind.TOO_LONG, "336007", "336103")
            .code(FaultKind.BAD_REQUEST, "336001", "336002", "336003", "336006", "336101", "336102", "336105");

    /** The words of the current API, whose key is the operator's own. */
    static final VendorFaults ALL = ErnieChannelType.FILE.faults();

    /** The same for keys that were made from a pair and can be made anew. */
    private static final VendorFaults MINTED =
            VendorFaults.NONE.code(FaultKind.KEY_STALE, "invalid_iam_token").and(ALL);

    private ErnieFaults() {}

    /** Returns what the current API's errors mean on that channel. */
    static VendorFaults of(Qianfan qianfan) {
        return qianfan.paired() ? MINTED : ALL;
    }
}
