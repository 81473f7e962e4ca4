package io.patchbay.relay.call;

import io.patchbay.dialects.openai.OpenAiMedia;
import io.patchbay.relay.artifact.Artifacts;
import io.patchbay.spi.Usage;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.media.ImageEvent;
import io.patchbay.spi.media.ImageEvent.Made;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The images a call has made.
 *
 * @param usage what they consumed, {@code null} when the upstream tells none
 */
record Drawn(List<Made> images, @Nullable Usage usage) {
    private static final Logger log = LoggerFactory.getLogger(Drawn.class);

    Drawn {
        images = List.copyOf(images);
    }

    /** Returns one image with an address. */
    static Made at(String url) {
        return new Made(url, null, null, JsonObject.EMPTY);
    }

    /**
     * Returns these images with addresses for those that came as bytes. What cannot be stored, or is no picture of a known
     * kind, stays as it is. Blocks on the disk.
     *
     * @param absolute whether an address that works on this site's own pages only is of no use
     */
    Drawn stored(Artifacts artifacts, boolean absolute) {
        return new Drawn(
                images.stream().map(made -> stored(made, artifacts, absolute)).toList(), usage);
    }

    private static Made stored(Made made, Artifacts artifacts, boolean absolute) {
        String url = made.url();
        try {
            String address;
            if (url != null) {
                address = Artifacts.isDataUrl(url) ? artifacts.storeDataUrl(url) : url;
            } else if (made.base64() != null) {
                address = artifacts.storeBase64(made.base64());
            } else {
                return made;
            }
            return absolute && address.startsWith("/")
                    ? made
                    : new Made(address, null, made.revisedPrompt(), made.raw());
        } catch (IllegalArgumentException | UncheckedIOException e) {
            log.warn("an image could not be stored: {}", e.getMessage());
            return made;
        }
    }

    /** Returns the text that shows the images on a chat page: Markdown, each with the prompt it was really made by. */
    String markdown() {
        StringJoiner text = new StringJoiner("\n\n");
        for (Made made : images) {
            text.add("![image](" + target(made) + ")");
            String revised = made.revisedPrompt();
            if (revised != null && !revised.isBlank()) {
                text.add("> " + revised.strip().replaceAll("\\s*\\R\\s*", "\n> "));
            }
        }
        return text.toString();
    }

    private static String target(Made made) {
        String url = made.url();
        if (url != null) {
            return Markdown.target(url);
        }
        return "data:image/png;base64," + Objects.requireNonNullElse(made.base64(), "");
    }

    /**
     * Returns the events of a stream in the form of OpenAI, one per image; the last one tells the usage.
     *
     * @param type the name of each event
     */
    List<byte[]> completed(String type, long createdSeconds) {
        List<byte[]> events = new ArrayList<>(images.size());
        for (Made made : images) {
            boolean last = events.size() == images.size() - 1;
            JsonObject answer = new Drawn(List.of(made), last ? usage : null)
                    .answer(createdSeconds)
                    .asObject();
            JsonObject.Builder event = JsonObject.builder().put("type", type);
            answer.elements("data").forEach(image -> event.putAll(image.asObject()));
            events.add(event.put("created_at", createdSeconds)
                    .putIfPresent("usage", answer.get("usage"))
                    .build()
                    .toBytes());
        }
        return events;
    }

    /** Returns the answer in the form of OpenAI. */
    JsonValue answer(long createdSeconds) {
        List<ImageEvent> events = new ArrayList<>(images);
        if (usage != null) {
            events.add(new ImageEvent.Used(usage));
        }
        return OpenAiMedia.writeImages(events, createdSeconds);
    }
}
