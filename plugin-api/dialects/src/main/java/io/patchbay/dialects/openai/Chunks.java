package io.patchbay.dialects.openai;

import io.patchbay.dialects.frame.FrameOut;
import io.patchbay.spi.json.JsonObject;

/** Pieces of chunks that taps and encoders write alike. */
final class Chunks {
    private static final byte[] ID = Splices.ascii("{\"id\":");
    private static final byte[] CREATED = Splices.ascii(",\"object\":\"chat.completion.chunk\",\"created\":");
    private static final byte[] MODEL = Splices.ascii(",\"model\":");
    private static final byte[] USAGE = Splices.ascii(",\"choices\":[],\"usage\":");
    private static final byte[] END = Splices.ascii("}");

    private Chunks() {}

    /** Writes the event that carries the usage and nothing else. */
    static void usage(String id, long created, byte[] quotedModel, JsonObject usage, FrameOut out) {
        out.open(null)
                .piece(ID)
                .quoted(id)
                .piece(CREATED)
                .number(created)
                .piece(MODEL)
                .piece(quotedModel)
                .piece(USAGE)
                .piece(usage.toBytes())
                .piece(END)
                .close();
    }
}
