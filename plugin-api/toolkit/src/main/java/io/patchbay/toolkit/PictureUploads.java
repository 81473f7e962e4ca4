package io.patchbay.toolkit;

import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Next;
import io.patchbay.spi.Turn;
import io.patchbay.spi.chat.ChatMessage;
import io.patchbay.spi.chat.ContentPart;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands the pictures inside a chat to a vendor that wants each one uploaded as a file before the chat: one form after
 * the other, the file in the field {@code file}, equal pictures once. Immutable.
 */
public final class PictureUploads {
    private final Supplier<HttpRequest.Builder> request;
    private final Function<Answer, @Nullable String> id;
    private final Map<String, String> fields;

    private PictureUploads(
            Supplier<HttpRequest.Builder> request, Function<Answer, @Nullable String> id, Map<String, String> fields) {
        this.request = request;
        this.id = id;
        this.fields = fields;
    }

    /**
     * Returns uploads to that address.
     *
     * @param request begins one upload: address and credentials
     * @param id reads the file's id out of a 2xx answer, {@code null} when there is none: the host's reading of the
     *     answer is the fault then
     */
    public static PictureUploads to(Supplier<HttpRequest.Builder> request, Function<Answer, @Nullable String> id) {
        return new PictureUploads(request, id, Map.of());
    }

    /** Returns these uploads with a text field in each form. */
    public PictureUploads field(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(fields);
        more.put(name, value);
        return new PictureUploads(request, id, more);
    }

    /**
     * Uploads the pictures that the messages hold as bytes; those behind URLs are left to the caller.
     *
     * @param then goes on with the file ids by picture
     */
    public Next all(Turn<?> turn, List<ChatMessage> messages, Function<Map<ContentPart.Inline, String>, Next> then) {
        Set<ContentPart.Inline> pictures = new LinkedHashSet<>();
        for (ChatMessage message : messages) {
            for (ContentPart part : message.parts()) {
                ContentPart.Inline picture =
                        part.image() == null ? null : part.image().inline();
                if (picture != null) {
                    pictures.add(picture);
                }
            }
        }
        return next(turn, List.copyOf(pictures), Map.of(), then);
    }

    private Next next(
            Turn<?> turn,
            List<ContentPart.Inline> left,
            Map<ContentPart.Inline, String> ids,
            Function<Map<ContentPart.Inline, String>, Next> then) {
        if (left.isEmpty()) {
            return then.apply(ids);
        }
        ContentPart.Inline picture = left.getFirst();
        byte[] bytes;
        try {
            bytes = Base64.getMimeDecoder().decode(picture.base64());
        } catch (IllegalArgumentException e) {
            return Next.fail(Fault.of(FaultKind.BAD_REQUEST, "a picture of the request is no valid base64"));
        }
        HttpRequest.Builder upload = request.get().body(form(turn, picture.mediaType(), bytes));
        return Flows.send(
                upload,
                built -> Next.ask(built, answer -> {
                    String file = answer.ok() ? id.apply(answer) : null;
                    if (file == null || file.isEmpty()) {
                        return Next.fail(answer.fault());
                    }
                    Map<ContentPart.Inline, String> more = new LinkedHashMap<>(ids);
                    more.put(picture, file);
                    return next(turn, left.subList(1, left.size()), more, then);
                }));
    }

    private Body form(Turn<?> turn, String mediaType, byte[] bytes) {
        String clean = mediaType.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9/+.-]", "");
        // Vendors judge a file by its extension, so it has one.
        String extension = clean.substring(clean.indexOf('/') + 1).replaceAll("\\+.*", "");
        Multipart form = Multipart.of(turn);
        fields.forEach(form::field);
        return form.file("file", "picture." + extension, clean, bytes).body();
    }
}
