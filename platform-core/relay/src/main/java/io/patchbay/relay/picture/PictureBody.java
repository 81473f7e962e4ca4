package io.patchbay.relay.picture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * Reads one answer, and stops as soon as it is too large or begins no picture. One thread at a time, as the source
 * promises.
 */
final class PictureBody {
    private final Content.Source source;
    private final long limit;
    private final PictureMemory memory;
    private final CompletableFuture<Picture> result;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private @Nullable String type;

    /**
     * Creates a reader.
     *
     * @param limit the largest picture in bytes
     * @param result gets the picture, or {@link PictureRefused}; when it is complete already, reading stops
     */
    PictureBody(Content.Source source, long limit, PictureMemory memory, CompletableFuture<Picture> result) {
        this.source = source;
        this.limit = limit;
        this.memory = memory;
        this.result = result;
    }

    /** Reads what is there and asks to be called again for the rest. */
    void read() {
        try {
            while (!result.isDone()) {
                Content.Chunk chunk = source.read();
                if (chunk == null) {
                    source.demand(this::read);
                    return;
                }
                if (Content.Chunk.isFailure(chunk)) {
                    throw new PictureRefused("its server did not send it to its end");
                }
                if (take(chunk)) {
                    return;
                }
            }
            source.fail(new PictureRefused("it is no longer wanted"));
        } catch (PictureRefused e) {
            result.completeExceptionally(e);
            source.fail(e);
        }
    }

    private boolean take(Content.Chunk chunk) {
        boolean last = chunk.isLast();
        try {
            add(chunk.getByteBuffer());
        } finally {
            chunk.release();
        }
        if (type == null && (last || bytes.size() >= PictureType.HEAD)) {
            type = PictureType.of(bytes.toByteArray());
            if (type == null) {
                throw new PictureRefused("what its server sends is no picture of a known kind");
            }
        }
        if (last && type != null) {
            result.complete(new Picture(type, Base64.getEncoder().encodeToString(bytes.toByteArray())));
        }
        return last;
    }

    private void add(ByteBuffer buffer) {
        int count = buffer.remaining();
        if (bytes.size() + count > limit) {
            throw new PictureRefused(PictureFetcher.tooLarge(limit));
        }
        memory.take(count);
        byte[] copy = new byte[count];
        buffer.get(copy);
        bytes.writeBytes(copy);
    }
}
