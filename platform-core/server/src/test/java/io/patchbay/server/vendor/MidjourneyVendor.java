package io.patchbay.server.vendor;

import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A midjourney-proxy: each task is half done at the first look and finished at the second. */
public final class MidjourneyVendor implements Vendor {
    private final AtomicLong ids = new AtomicLong(1_704_441_600_123_456L);
    private final Map<String, AtomicInteger> looks = new ConcurrentHashMap<>();

    @Override
    public String plugin() {
        return "midjourney";
    }

    @Override
    public String type() {
        return "midjourney";
    }

    @Override
    public String model() {
        return "midjourney-fast";
    }

    @Override
    public String secret() {
        return "proxy-secret-0815";
    }

    @Override
    public String expected() {
        return "![image](https://cdn.example/grid.png)";
    }

    @Override
    public long[] usage() {
        return new long[0];
    }

    @Override
    public Script answer(ReceivedRequest request) {
        if (!secret().equals(request.header("mj-api-secret"))) {
            return Script.answer(401);
        }
        if (request.path().equals("/mj/submit/imagine")) {
            boolean asked = "Hello --fast".equals(request.json().string("prompt"));
            String id = Long.toString(ids.incrementAndGet());
            return Script.answer()
                    .json(
                            asked
                                    ? "{\"code\":1,\"result\":\"" + id + "\"}"
                                    : "{\"code\":4,\"description\":\"prompt?\"}");
        }
        String id = request.path().replaceAll("/mj/task/(\\d+)/fetch", "$1");
        if (looks.computeIfAbsent(id, ignored -> new AtomicInteger()).incrementAndGet() == 1) {
            return Script.answer()
                    .json("{\"id\":\"" + id
                            + "\",\"action\":\"IMAGINE\",\"status\":\"IN_PROGRESS\",\"progress\":\"46%\"}");
        }
        return Script.answer()
                .json("{\"id\":\"" + id + "\",\"action\":\"IMAGINE\",\"status\":\"SUCCESS\",\"progress\":\"100%\","
                        + "\"imageUrl\":\"https://cdn.example/grid.png\"}");
    }
}
