package io.patchbay.benchmarks.jmh;

import io.patchbay.benchmarks.load.ChatBodies;
import io.patchbay.dialects.wire.WireBody;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.json.JsonValue;
import java.util.Map;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Reading a request and changing the model's name in it. */
public class WireBodyBenchmark extends Timed {
    private static final Map<String, JsonValue> OTHER_MODEL = Map.of("model", JsonValue.of("gpt-5.4-mini-2026-03-17"));

    /** Of the whole request, about. */
    @Param({"600", "400000"})
    public int bodyBytes;

    private byte[] body;
    private WireBody wire;

    /** Makes the request. */
    @Setup
    public void make() {
        int empty = ChatBodies.ofSize("my-model", true, 0, 1).getFirst().length;
        body = ChatBodies.ofSize("my-model", true, bodyBytes - empty, 1).getFirst();
        wire = WireBody.read(Dialect.OPENAI_CHAT, body);
    }

    /** Checks the grammar and notes where the members lie. */
    @Benchmark
    public WireBody index() {
        return WireBody.read(Dialect.OPENAI_CHAT, body);
    }

    /** Makes the upstream's body of the one that was read. */
    @Benchmark
    public Body renameModel() {
        return wire.edited(OTHER_MODEL, Map.of(), Set.of());
    }
}
