package io.patchbay.relay.artifact;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The answer that gives a file out, whole or in the part the client asks for, as players of films do. A file never
 * changes, so its name is its {@code ETag} and browsers may keep it; it is neither guessed at nor run.
 */
final class FileAnswer {
    private static final int BUFFER = 64 * 1024;

    private FileAnswer() {}

    /**
     * Returns the answer; 200, 206, 304 or 416.
     *
     * @param header looks up a header of the request
     */
    static Response of(Artifacts.Found found, Function<String, @Nullable String> header) {
        String tag = "\"" + found.file().getFileName() + "\"";
        if (isKnown(header.apply("If-None-Match"), tag)) {
            return headers(Response.notModified(), tag).build();
        }
        String condition = header.apply("If-Range");
        // A part of another file than the client has is of no use to it; dates are not compared.
        boolean partly = condition == null || condition.strip().equals(tag);
        ByteRange range = partly ? ByteRange.read(header.apply("Range"), found.bytes()) : null;
        if (range == null) {
            return headers(
                            Response.ok(part(found.file(), 0, found.bytes()), found.contentType())
                                    .header("Content-Length", found.bytes()),
                            tag)
                    .build();
        }
        if (!range.satisfiable()) {
            return Response.status(Response.Status.REQUESTED_RANGE_NOT_SATISFIABLE)
                    .header("Content-Range", "bytes */" + found.bytes())
                    .header("Accept-Ranges", "bytes")
                    .build();
        }
        return headers(
                        Response.status(Response.Status.PARTIAL_CONTENT)
                                .entity(part(found.file(), range.from(), range.length()))
                                .type(found.contentType())
                                .header("Content-Length", range.length())
                                .header(
                                        "Content-Range",
                                        "bytes " + range.from() + "-" + range.to() + "/" + found.bytes()),
                        tag)
                .build();
    }

    private static boolean isKnown(@Nullable String tags, String tag) {
        if (tags == null) {
            return false;
        }
        for (String known : tags.split(",")) {
            String bare = known.strip();
            if (bare.equals("*") || bare.equals(tag) || bare.equals("W/" + tag)) {
                return true;
            }
        }
        return false;
    }

    private static Response.ResponseBuilder headers(Response.ResponseBuilder answer, String tag) {
        return answer.header("ETag", tag)
                .header("Accept-Ranges", "bytes")
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Disposition", "inline")
                .header("Content-Security-Policy", "default-src 'none'")
                .header("Cache-Control", "private, max-age=31536000, immutable");
    }

    private static StreamingOutput part(Path file, long from, long length) {
        return out -> {
            try (SeekableByteChannel in = Files.newByteChannel(file)) {
                copy(in.position(from), length, out);
            }
        };
    }

    private static void copy(SeekableByteChannel in, long length, OutputStream out) throws IOException {
        byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(1, length))];
        for (long left = length; left > 0; ) {
            int read = in.read(ByteBuffer.wrap(buffer, 0, (int) Math.min(buffer.length, left)));
            if (read < 0) {
                throw new IOException("a file became shorter while it was sent");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
    }
}
