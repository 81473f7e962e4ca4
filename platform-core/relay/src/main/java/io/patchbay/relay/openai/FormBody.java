package io.patchbay.relay.openai;

import io.patchbay.foundation.problem.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Promise;
import org.jspecify.annotations.Nullable;

/** A {@code multipart/form-data} body, held in memory. */
record FormBody(List<Part> parts) {
    private static final int MAX_PARTS = 100;
    private static final int MAX_PART_HEADERS = 8 * 1024;

    /**
     * A part of a form.
     *
     * @param fileName {@code null} for a text
     * @param bytes not to be changed
     */
    record Part(String name, @Nullable String fileName, byte[] bytes) {
        /** Returns the content as text. */
        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        /** Returns the name without the index or brackets some clients write behind it. */
        String bareName() {
            int bracket = name.indexOf('[');
            return bracket > 0 && name.endsWith("]") ? name.substring(0, bracket) : name;
        }

        /** Returns whether the name has brackets, which makes a list of it. */
        boolean listed() {
            return !bareName().equals(name);
        }
    }

    FormBody {
        parts = List.copyOf(parts);
    }

    /**
     * Reads a form.
     *
     * @param contentType the header with the boundary
     * @throws Problem BAD_REQUEST when it is none, or has more than 100 parts
     */
    static FormBody read(String contentType, byte[] body) {
        String boundary = MultiPart.extractBoundary(contentType);
        if (boundary == null || boundary.isEmpty()) {
            throw malformed("the content type names no boundary");
        }
        MultiPartFormData.Parser parser = new MultiPartFormData.Parser(boundary);
        parser.setMaxParts(MAX_PARTS);
        parser.setPartHeadersMaxLength(MAX_PART_HEADERS);
        parser.setMaxLength(body.length);
        // The whole body is in memory already, and bounded.
        parser.setMaxMemoryFileSize(-1);
        CompletableFuture<MultiPartFormData.Parts> parsed = new CompletableFuture<>();
        parser.parse(Content.Source.from(ByteBuffer.wrap(body)), Promise.Invocable.toPromise(parsed));
        try (MultiPartFormData.Parts read = parsed.join()) {
            List<Part> parts = new ArrayList<>(read.size());
            for (MultiPart.Part part : read) {
                parts.add(new Part(part.getName(), part.getFileName(), bytes(part)));
            }
            return new FormBody(parts);
        } catch (CompletionException | IllegalStateException | IllegalArgumentException e) {
            throw malformed("it is no form in multipart/form-data");
        }
    }

    private static byte[] bytes(MultiPart.Part part) {
        try {
            ByteBuffer content = Content.Source.asByteBuffer(part.newContentSource(null, 0, -1));
            byte[] bytes = new byte[content.remaining()];
            content.get(bytes);
            return bytes;
        } catch (IOException e) {
            throw malformed("a part of it cannot be read");
        }
    }

    private static Problem malformed(String why) {
        return new Problem(Problem.Kind.BAD_REQUEST, "invalid request body: " + why, Map.of("code", "invalid_form"));
    }
}
