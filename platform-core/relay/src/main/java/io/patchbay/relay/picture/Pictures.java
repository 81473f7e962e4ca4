package io.patchbay.relay.picture;

import io.patchbay.spi.Fault;
import io.patchbay.spi.http.Blob;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The pictures of all calls. Safe for many threads. */
public final class Pictures implements AutoCloseable {
    /**
     * What came of the pictures of one call.
     *
     * @param value what was asked for, {@code null} when there is a fault
     */
    public record Result<T>(@Nullable T value, @Nullable Fault fault) {}

    /** Pictures as files, in the order in which their URLs were given. */
    public record Files(List<Blob> blobs) {
        public Files {
            blobs = List.copyOf(blobs);
        }
    }

    private final PictureFetcher fetcher;
    private final Executor executor;
    private final AtomicLong inFlight = new AtomicLong();

    /**
     * Creates the keeper of the site's bounds.
     *
     * @param fetcher closed with this
     * @param executor runs what takes time
     */
    public Pictures(PictureFetcher fetcher, Executor executor) {
        this.fetcher = fetcher;
        this.executor = executor;
    }

    /** Opens the account of one call, to be closed when the call is over. */
    public CallPictures open() {
        return new CallPictures(fetcher, executor, new PictureMemory(inFlight, fetcher.limits()));
    }

    /** Returns how many bytes of pictures running calls hold. */
    long inFlight() {
        return inFlight.get();
    }

    @Override
    public void close() {
        fetcher.close();
    }
}
