package io.patchbay.toolkit;

import io.patchbay.dialects.fault.FaultReader;
import io.patchbay.dialects.openai.OpenAiMedia;
import io.patchbay.dialects.openai.UnreadableAnswer;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Next;
import io.patchbay.spi.Turn;
import io.patchbay.spi.Usage;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.media.EmbeddingCall;
import io.patchbay.spi.media.Embeddings;
import io.patchbay.spi.media.ImageCall;
import io.patchbay.spi.media.ImageEvent;
import io.patchbay.spi.media.MediaCall;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Embeddings, images and model lists of vendors whose answers have the shape of OpenAI's. */
public final class DialectMedia {
    /** 2,048 vectors of 3,072 dimensions, as decimal text. */
    private static final int LARGEST_VECTORS = 96 * 1024 * 1024;

    /** Ten large pictures in base64. */
    private static final int LARGEST_PICTURES = 160 * 1024 * 1024;

    private static final Duration SILENCE = Duration.ofMinutes(5);

    /** Settings of form only: the host writes the answer as the client asked, whatever the vendor sent. */
    private static final Set<String> SILENT = Set.of("encoding_format", "stream", "n");

    private DialectMedia() {}

    /** Returns the settings of a call the vendor knows; the others are told to the host as dropped. */
    public static JsonObject known(Turn<?> turn, MediaCall call, Set<String> names) {
        JsonObject.Builder known = JsonObject.builder();
        Set<String> lost = new TreeSet<>();
        call.settings().members().forEach((name, value) -> {
            if (names.contains(name)) {
                known.put(name, value);
            } else if (!value.isNull() && !SILENT.contains(name) && !isUrlForm(name, value)) {
                lost.add(name);
            }
        });
        if (!lost.isEmpty()) {
            turn.dropped(lost);
        }
        return known.build();
    }

    /** An address is what vendors answer by themselves. */
    private static boolean isUrlForm(String name, JsonValue value) {
        return name.equals("response_format") && "url".equals(value.string());
    }

    /**
     * Returns the flow of {@code POST …/embeddings}.
     *
     * @param known the settings this vendor understands, for example {@code dimensions}
     */
    public static Flow<Embeddings> embeddings(EmbeddingCall call, HttpRequest.Builder request, Set<String> known) {
        return turn -> {
            JsonObject body = JsonObject.builder()
                    .put("model", call.model())
                    .put("input", new JsonArray(call.inputs()))
                    .putAll(known(turn, call, known))
                    .build();
            return vectors(request, body).begin(turn);
        };
    }

    /** Returns the flow that asks for vectors with that body, which is sent as it is. */
    public static Flow<Embeddings> vectors(HttpRequest.Builder request, JsonObject body) {
        return Flows.pages(
                request.body(Body.json(body)),
                LARGEST_VECTORS,
                page(answer -> List.of(OpenAiMedia.readEmbeddings(answer))));
    }

    /**
     * Returns what every body for pictures begins with: model, prompt and settings, of which the size may be left
     * open.
     */
    public static JsonObject.Builder body(ImageCall call, JsonObject settings) {
        JsonObject.Builder body = JsonObject.builder()
                .put("model", call.model())
                .put("prompt", call.prompt())
                .putAll(settings);
        return "auto".equals(settings.string("size")) ? body.remove("size") : body;
    }

    /** Returns how often a vendor is asked that makes one picture at a time; so many pictures at most. */
    public static int times(ImageCall call, int most) {
        return Math.clamp(call.settings().longValue("n", 1), 1, most);
    }

    /**
     * Returns the flow of {@code POST …/images/generations}.
     *
     * @param request begins a request; asked once per time
     * @param body the whole body
     * @param times how often the vendor is asked, because it makes one picture at a time; what the answers say they
     *     consumed is added up
     */
    public static Flow<ImageEvent> images(Supplier<HttpRequest.Builder> request, JsonObject body, int times) {
        return images(() -> request.get().body(Body.json(body)), times);
    }

    /** Returns the flow of such requests with bodies of their own; see {@link #images(Supplier, JsonObject, int)}. */
    public static Flow<ImageEvent> images(Supplier<HttpRequest.Builder> request, int times) {
        return turn -> picture(turn, request, times, null);
    }

    private static Next picture(
            Turn<ImageEvent> turn, Supplier<HttpRequest.Builder> request, int times, @Nullable Usage before) {
        HttpRequest.Builder asked = request.get().creating().silence(SILENCE);
        return Flows.send(
                asked,
                built -> Next.ask(built, LARGEST_PICTURES, answer -> {
                    List<ImageEvent> events = read(answer, OpenAiMedia::readImages);
                    if (events == null) {
                        return Next.fail(answer.fault());
                    }
                    Usage usage = before;
                    for (ImageEvent event : events) {
                        if (event instanceof ImageEvent.Used used) {
                            usage = sum(usage, used.usage());
                        } else {
                            turn.emit(event);
                        }
                    }
                    if (times > 1) {
                        return picture(turn, request, times - 1, usage);
                    }
                    if (usage != null) {
                        turn.emit(new ImageEvent.Used(usage));
                    }
                    return Next.done();
                }));
    }

    private static Usage sum(@Nullable Usage before, Usage usage) {
        return before == null
                ? usage
                : Usage.builder()
                        .input(before.input() + usage.input())
                        .output(before.output() + usage.output())
                        .cachedInput(before.cachedInput() + usage.cachedInput())
                        .reasoning(before.reasoning() + usage.reasoning())
                        .build();
    }

    private static <E> Function<Answer, Flows.@Nullable Page<E>> page(Function<JsonValue, @Nullable List<E>> reader) {
        return answer -> {
            List<E> events = read(answer, reader);
            return events == null ? null : Flows.Page.last(events);
        };
    }

    private static <E> @Nullable List<E> read(Answer answer, Function<JsonValue, @Nullable List<E>> reader) {
        JsonValue body = answer.ok() ? answer.json() : null;
        if (body == null || FaultReader.isError(body)) {
            return null;
        }
        try {
            return reader.apply(body);
        } catch (UnreadableAnswer e) {
            return null;
        }
    }
}
