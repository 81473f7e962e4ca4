package io.patchbay.plugin.zhipu;

import io.patchbay.spi.FaultKind;
import io.patchbay.toolkit.VendorFaults;
import java.util.regex.Pattern;

/** What Zhipu's error codes mean, by its page "Error codes", read 2026-11. The status does not tell: 429 is also debt. */
final class ZhipuFaults {
    private static final VendorFaults KEYED = VendorFaults.NONE
            .code(FaultKind.KEY_DEAD, "1000", "1001", "1002", "1003", "1004", "1005", "1110", "1111", "1112", "1121")
            .code(FaultKind.QUOTA, "1113", "1304", "1308", "1309", "1310")
            .code(FaultKind.RETRY, "1120", "1305", "1312")
            .code(FaultKind.UPSTREAM, "500", "1200", "1230", "1234")
            .code(FaultKind.BAD_REQUEST, "1210", "1212", "1213", "1214", "1215", "1231")
            .code(FaultKind.NO_ACCESS, "1211", "1220", "1221", "1222", "1311")
            .code(FaultKind.TOO_LONG, "1261")
            .code(FaultKind.CONTENT, "1300", "1301")
            .code(FaultKind.RATE, "1302", "1303", "1313")
            .silencing(Pattern.compile("(?i)\\s*[(（]request[ _-]?id: ?[a-z0-9-]+[)）]"));

    /** A token may be too old where the key behind it is good. */
    private static final VendorFaults SIGNED =
            VendorFaults.NONE.code(FaultKind.KEY_STALE, "1003").and(KEYED);

    private ZhipuFaults() {}

    /** Returns what the errors mean on that channel. */
    static VendorFaults of(Zhipu zhipu) {
        return zhipu.signs() ? SIGNED : KEYED;
    }
}
