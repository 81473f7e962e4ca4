package io.patchbay.server.vendor;

import io.patchbay.spi.json.Json;
import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;
import java.net.URI;
import java.util.List;

/** A Bing bridge, which refuses a wrong secret by closing without a word. */
public final class BingVendor implements Vendor {
    @Override
    public String plugin() {
        return "bing";
    }

    @Override
    public String type() {
        return "bing";
    }

    @Override
    public String model() {
        return "bing-balanced";
    }

    @Override
    public String secret() {
        return "bridge-secret-0001";
    }

    @Override
    public long[] usage() {
        return new long[0];
    }

    @Override
    public String endpoint(URI upstream) {
        return "ws://" + upstream.getAuthority();
    }

    @Override
    public Script answer(ReceivedRequest request) {
        return request.path().equals("/chat")
                ? Script.socket(question -> secret().equals(Json.parse(question).string("hash"))
                        ? List.of(
                                "{\"response\":\"Good \",\"end\":false}",
                                "{\"response\":\"day, 世界!\",\"end\":false}",
                                "{\"response\":\"\",\"end\":true}")
                        : List.of())
                : Script.answer(404);
    }
}
