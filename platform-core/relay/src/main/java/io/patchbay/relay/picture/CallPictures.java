package io.patchbay.relay.picture;

import io.patchbay.dialects.wire.WireBody;
import io.patchbay.dialects.wire.WireException;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.chat.Wire;
import io.patchbay.spi.http.Blob;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.Piece;
import io.patchbay.spi.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of one call: fetched once, however many channels are tried, and counted until the call is over. Safe for
 * many threads; nothing blocks.
 */
public final class CallPictures implements AutoCloseable {
    private static final String MESSAGES = "messages";
    private static final byte[] MARK = "\"image_url\"".getBytes(StandardCharsets.US_ASCII);

    private final PictureFetcher fetcher;
    private final Executor executor;
    private final PictureMemory memory;
    private @Nullable CompletableFuture<Pictures.Result<Wire>> inlined;

    CallPictures(PictureFetcher fetcher, Executor executor, PictureMemory memory) {
        this.fetcher = fetcher;
        this.executor = executor;
        this.memory = memory;
    }

    /** Returns whether a client's chat may hold pictures. A scan of bytes: texts that speak of them count too. */
    public static boolean mayBeIn(Wire wire) {
        Bytes messages =
                wire instanceof WireBody body && wire.dialect().equals(Dialect.OPENAI_CHAT) ? body.raw(MESSAGES) : null;
        return messages != null && holdsMark(messages);
    }

    private static boolean holdsMark(Bytes bytes) {
        byte[] array = bytes.array();
        int end = bytes.offset() + bytes.length() - MARK.length;
        for (int at = bytes.offset(); at <= end; at++) {
            if (array[at] == MARK[0] && matches(array, at)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(byte[] array, int at) {
        for (int i = 1; i < MARK.length; i++) {
            if (array[at + i] != MARK[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns the client's chat with every picture as a data URL in base64 of the right media type; the same object when
     * nothing had to be changed. Asked again, the first result is given again.
     */
    public synchronized CompletableFuture<Pictures.Result<Wire>> inline(Wire wire) {
        CompletableFuture<Pictures.Result<Wire>> known = inlined;
        if (known == null) {
            known = told(later(() -> wire.get(MESSAGES)).thenCompose(messages -> inline(wire, messages)));
            inlined = known;
        }
        return known;
    }

    private CompletableFuture<Wire> inline(Wire wire, @Nullable JsonValue messages) {
        List<String> urls = messages == null ? List.of() : ImageParts.urls(messages);
        if (messages == null || urls.isEmpty()) {
            return CompletableFuture.completedFuture(wire);
        }
        return load(urls).thenApplyAsync(pictures -> replaced(wire, messages, pictures), executor);
    }

    private static Wire replaced(Wire wire, JsonValue messages, List<Picture> pictures) {
        Iterator<Picture> next = pictures.iterator();
        JsonValue changed = ImageParts.replaced(messages, url -> next.next().dataUrl());
        if (changed.equals(messages)) {
            return wire;
        }
        Body body = wire.edited(Map.of(MESSAGES, changed), Map.of(), Set.of());
        try {
            return WireBody.read(wire.dialect(), bytes(body));
        } catch (WireException e) {
            throw new IllegalStateException("a client's body could not be read again", e);
        }
    }

    private static byte[] bytes(Body body) {
        if (body.pieces().size() == 1 && body.pieces().getFirst() instanceof Piece.Inline inline) {
            return inline.bytes();
        }
        throw new IllegalStateException("a client's body is in several pieces");
    }

    /** Returns the pictures behind these URLs as files, in order. */
    public CompletableFuture<Pictures.Result<Pictures.Files>> files(List<String> urls) {
        return told(later(() -> load(urls))
                .thenCompose(loading -> loading)
                .thenApplyAsync(
                        pictures -> {
                            List<Blob> blobs = new ArrayList<>(pictures.size());
                            pictures.forEach(picture -> blobs.add(picture.blob(blobs.size() + 1)));
                            return new Pictures.Files(blobs);
                        },
                        executor));
    }

    /** Returns the URLs of the pictures of a list in the form of image edits, be it texts or {@code image_url} members. */
    public static List<String> urlsOfEdit(List<JsonValue> entries) {
        List<String> urls = new ArrayList<>();
        entries.forEach(entry -> {
            String url = ImageParts.edited(entry);
            urls.add(url == null ? "" : url);
        });
        return urls;
    }

    private CompletableFuture<List<Picture>> load(List<String> urls) {
        long deadline = System.nanoTime() + fetcher.limits().time().toNanos();
        Set<String> remote = new LinkedHashSet<>();
        urls.stream().filter(url -> !DataUrl.is(url)).forEach(remote::add);
        if (remote.size() > fetcher.limits().fetches()) {
            throw new PictureRefused(
                    "a request may name at most " + fetcher.limits().fetches() + " pictures by URL");
        }
        Map<String, CompletableFuture<Picture>> fetched = new HashMap<>();
        remote.forEach(url -> fetched.put(url, fetcher.fetch(url, deadline, memory)));
        CompletableFuture<List<Picture>> all = new CompletableFuture<>();
        List<CompletableFuture<Picture>> parts = new ArrayList<>(urls.size());
        for (String url : urls) {
            CompletableFuture<Picture> part = fetched.get(url);
            int number = parts.size() + 1;
            parts.add(part == null ? given(url) : part);
            parts.getLast().exceptionally(failure -> {
                // The first failure is told at once; the others would only be waited for.
                all.completeExceptionally(new Numbered(number, failure));
                return null;
            });
        }
        CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
                .thenRun(() ->
                        all.complete(parts.stream().map(CompletableFuture::join).toList()));
        return all;
    }

    private CompletableFuture<Picture> given(String url) {
        try {
            Picture picture = DataUrl.read(url, fetcher.limits().each());
            memory.take(picture.length());
            return CompletableFuture.completedFuture(picture);
        } catch (PictureRefused e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private <T> CompletableFuture<T> later(Supplier<@Nullable T> work) {
        return CompletableFuture.supplyAsync(work, executor);
    }

    private static <T> CompletableFuture<Pictures.Result<T>> told(CompletableFuture<T> work) {
        return work.handle((value, failure) ->
                failure == null ? new Pictures.Result<>(value, null) : new Pictures.Result<>(null, fault(failure, 0)));
    }

    private static Fault fault(Throwable failure, int number) {
        return switch (failure) {
            case CompletionException wrapped when wrapped.getCause() != null -> fault(wrapped.getCause(), number);
            case Numbered part when part.getCause() != null -> fault(part.getCause(), part.number);
            case PictureRefused refused -> refused.fault(number);
            default ->
                Fault.of(
                        FaultKind.UPSTREAM,
                        "The pictures of the request could not be worked on ("
                                + failure.getClass().getSimpleName() + ").");
        };
    }

    /** Gives back what the pictures held. What is still on its way is cut off at its next bytes. */
    @Override
    public void close() {
        memory.close();
    }

    /** Says which picture failed. */
    private static final class Numbered extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int number;

        Numbered(int number, Throwable cause) {
            super(null, cause, false, false);
            this.number = number;
        }
    }
}
