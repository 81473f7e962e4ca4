package io.patchbay.relay.openai;

import io.patchbay.dialects.wire.WireBody;
import io.patchbay.foundation.problem.Problem;
import io.patchbay.relay.call.ImageOrder;
import io.patchbay.relay.call.ImageOrder.Wanted;
import io.patchbay.relay.exchange.MemoryBlob;
import io.patchbay.relay.picture.CallPictures;
import io.patchbay.relay.picture.PictureType;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.chat.Wire;
import io.patchbay.spi.http.Blob;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.Piece;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonNumber;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what clients send to the image routes, as JSON or as a form. */
final class ImageRequests {
    private static final String MODEL = "model";
    private static final String PROMPT = "prompt";
    private static final String STREAM = "stream";
    private static final String PARTIAL = "partial_images";
    private static final String FORM = "response_format";
    private static final String MASK = "mask";
    private static final String IMAGE = "image";
    private static final String IMAGES = "images";
    private static final String COUNT = "n";
    private static final BigDecimal MOST_IMAGES = BigDecimal.valueOf(100);

    /** Fields that are numbers wherever they are not text, as everything in a form is. */
    private static final Set<String> NUMBERS = Set.of(COUNT, "output_compression", PARTIAL, "seed");

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");

    private ImageRequests() {}

    /**
     * What a client wants, before anything is known of the client.
     *
     * @param count how many images are wanted, 1 to 100
     */
    record Read(
            String model,
            String prompt,
            ImageOrder.Input input,
            JsonObject settings,
            Set<String> unused,
            @Nullable Wire wire,
            Wanted wanted,
            int count,
            boolean stream) {

        /** Returns how many pictures come with it. */
        int pictures() {
            return input.files().size() + input.urls().size();
        }
    }

    /**
     * Reads a JSON body.
     *
     * @param edit whether pictures are to be edited
     */
    static Read json(byte[] body, boolean edit) {
        WireBody wire = RelayRequest.wire(Dialect.OPENAI_IMAGES, body);
        String model = RelayRequest.model(text(wire.get(MODEL)));
        JsonValue prompt = wire.get(PROMPT);
        String words = text(prompt);
        if (words == null || words.isBlank()) {
            throw RelayRequest.invalid(PROMPT, "prompt is required");
        }
        JsonObject.Builder settings = JsonObject.builder();
        Set<String> unused = new LinkedHashSet<>();
        for (String name : wire.names()) {
            JsonValue value = wire.get(name);
            if (value == null || name.equals(MODEL) || name.equals(PROMPT) || name.equals(STREAM)) {
                continue;
            }
            if (name.equals(PARTIAL)) {
                unused.add(name);
            } else {
                settings.put(name, value);
            }
        }
        boolean stream = RelayRequest.flag(wire.get(STREAM), STREAM);
        return new Read(
                model,
                words,
                edit ? edited(wire) : ImageOrder.Input.NONE,
                settings.build(),
                unused,
                withoutStream(wire),
                wanted(text(wire.get(FORM))),
                count(wire.get(COUNT)),
                stream);
    }

    private static ImageOrder.Input edited(WireBody wire) {
        JsonValue images = wire.get(IMAGES) == null ? wire.get(IMAGE) : wire.get(IMAGES);
        List<JsonValue> entries =
                images == null ? List.of() : images instanceof JsonArray ? images.elements() : List.of(images);
        if (entries.isEmpty()) {
            throw RelayRequest.invalid(IMAGES, "expected a list with at least one picture");
        }
        JsonValue mask = wire.get(MASK);
        return new ImageOrder.Input(
                List.of(),
                null,
                CallPictures.urlsOfEdit(entries),
                mask == null || mask.isNull()
                        ? null
                        : CallPictures.urlsOfEdit(List.of(mask)).getFirst());
    }

    /** The upstream is always asked for a whole answer: the events of a stream are made here. */
    private static Wire withoutStream(WireBody wire) {
        if (!wire.names().contains(STREAM) && !wire.names().contains(PARTIAL)) {
            return wire;
        }
        Body body = wire.edited(Map.of(), Map.of(), Set.of(STREAM, PARTIAL));
        if (body.pieces().size() == 1 && body.pieces().getFirst() instanceof Piece.Inline inline) {
            return WireBody.read(wire.dialect(), inline.bytes());
        }
        throw new IllegalStateException("a client's body is in several pieces");
    }

    /**
     * Reads a form.
     *
     * @param edit whether a prompt is needed
     */
    static Read form(FormBody form, boolean edit) {
        List<Blob> pictures = new ArrayList<>();
        Blob mask = null;
        Map<String, JsonValue> texts = new LinkedHashMap<>();
        for (FormBody.Part part : form.parts()) {
            String name = part.bareName();
            boolean file = part.fileName() != null;
            if (name.equals(IMAGE) || (file && name.equals(IMAGES))) {
                pictures.add(picture(part, name));
            } else if (name.equals(MASK)) {
                mask = picture(part, MASK);
            } else if (file) {
                throw RelayRequest.invalid(name, "no file is expected here");
            } else {
                add(texts, part);
            }
        }
        if (pictures.isEmpty()) {
            throw RelayRequest.invalid(IMAGE, "expected at least one picture");
        }
        String model = RelayRequest.model(text(texts.remove(MODEL)));
        JsonValue prompt = texts.remove(PROMPT);
        String words = prompt == null ? "" : String.valueOf(text(prompt));
        if (edit && words.isBlank()) {
            throw RelayRequest.invalid(PROMPT, "prompt is required");
        }
        boolean stream = "true".equals(text(texts.remove(STREAM)));
        Set<String> unused = texts.remove(PARTIAL) == null ? Set.of() : Set.of(PARTIAL);
        return new Read(
                model,
                edit ? words : "",
                new ImageOrder.Input(pictures, mask, List.of(), null),
                JsonObject.of(texts),
                unused,
                null,
                wanted(text(texts.get(FORM))),
                count(texts.get(COUNT)),
                stream);
    }

    private static void add(Map<String, JsonValue> texts, FormBody.Part part) {
        String text = part.text();
        JsonValue value = NUMBERS.contains(part.name()) && NUMBER.matcher(text).matches()
                ? new JsonNumber(text)
                : JsonValue.of(text);
        if (!part.listed()) {
            texts.put(part.name(), value);
            return;
        }
        JsonValue before = texts.get(part.bareName());
        List<JsonValue> all = new ArrayList<>(before == null ? List.of() : before.elements());
        all.add(value);
        texts.put(part.bareName(), new JsonArray(all));
    }

    /** Returns a picture that came in a form; refuses what is none. */
    static Blob picture(FormBody.Part part, String name) {
        String type = PictureType.of(part.bytes());
        if (type == null) {
            throw RelayRequest.invalid(name, "expected a picture in a file, of a known kind");
        }
        String fileName = part.fileName();
        return new MemoryBlob(part.bytes(), type, fileName == null ? "" : fileName);
    }

    /** Each image is paid for, so nothing is guessed here that an upstream could read in another way. */
    private static int count(@Nullable JsonValue value) {
        if (value == null || value.isNull()) {
            return 1;
        }
        BigDecimal number = value.number();
        if (number == null
                || number.compareTo(BigDecimal.ONE) < 0
                || number.compareTo(MOST_IMAGES) > 0
                || number.stripTrailingZeros().scale() > 0) {
            throw RelayRequest.invalid(COUNT, "expected a whole number, 1 to " + MOST_IMAGES);
        }
        return number.intValueExact();
    }

    private static Wanted wanted(@Nullable String form) {
        return switch (form) {
            case null -> Wanted.ANY;
            case "url" -> Wanted.URL;
            case "b64_json" -> Wanted.BASE64;
            default -> throw invalidForm();
        };
    }

    private static Problem invalidForm() {
        return RelayRequest.invalid(FORM, "expected url or b64_json");
    }

    private static @Nullable String text(@Nullable JsonValue value) {
        return value == null ? null : value.string();
    }
}
