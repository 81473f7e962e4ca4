package io.patchbay.server.vendor;

import java.util.List;

/** All vendors that are played. */
public final class Vendors {
    private Vendors() {}

    /** Returns one of each. */
    public static List<Vendor> all() {
        return List.of(new OpenAiVendor());
    }
}
