package io.patchbay.toolkit.openai;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Next;
import io.patchbay.spi.Offer;
import io.patchbay.spi.Offer.ImageInput;
import io.patchbay.spi.Turn;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatMessage;
import io.patchbay.spi.chat.ContentPart;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.task.Artifact;
import io.patchbay.spi.task.TaskNews;
import io.patchbay.spi.task.TaskOrder;
import io.patchbay.spi.task.TaskRef;
import io.patchbay.spi.task.TaskWork;
import io.patchbay.toolkit.Flows;
import io.patchbay.toolkit.MessageParts;
import io.patchbay.toolkit.Multipart;
import io.patchbay.toolkit.RequestFields;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code /v1/videos}: what the user says last becomes a video, which begins with his picture where he gives one. A
 * video that is being made cannot be stopped: the vendor deletes finished ones only (openai-videos page, read
 * 2026-11).
 */
public final class VideoWork implements TaskWork {
    /** What is offered for a model that makes videos. */
    public static final Offer OFFER = Offer.builder()
            .capability(Capability.TASKS, Capability.VISION)
            .imageInput(ImageInput.INLINE)
            .build();

    private static final String VIDEO = "video";
    private static final List<String> SETTINGS = List.of("seconds", "size");
    private static final Duration SILENCE = Duration.ofMinutes(2);

    private final Function<ChannelView, OpenAiUpstream> upstreams;

    /**
     * Creates the work.
     *
     * @param upstreams tells the server a channel points at
     */
    public VideoWork(Function<ChannelView, OpenAiUpstream> upstreams) {
        this.upstreams = upstreams;
    }

    @Override
    public @Nullable TaskOrder fromChat(ChatCall call, ChannelView channel) {
        if (!upstreams.apply(channel).makesVideos(call.model())) {
            return null;
        }
        RequestFields fields = RequestFields.of(call.request());
        TaskOrder.Builder order = TaskOrder.builder(VIDEO, call.model(), call.publicModel());
        JsonObject.Builder parameters = JsonObject.builder();
        for (String name : SETTINGS) {
            JsonValue value = fields.take(name);
            String text = value == null ? null : value.scalarText();
            parameters.putIfPresent(name, text);
            if (value != null && text == null) {
                fields.lose(name);
            }
        }
        last(call.request().messages(), fields, order);
        return order.parameters(parameters.build()).dropped(fields.rest()).build();
    }

    private static void last(List<ChatMessage> messages, RequestFields fields, TaskOrder.Builder order) {
        List<ChatMessage> users = messages.stream()
                .filter(message -> message.role().equals("user"))
                .toList();
        // Earlier words of the conversation had their answers; what else was to be heeded now is lost.
        messages.stream()
                .map(ChatMessage::role)
                .filter(role -> !role.equals("user") && !role.equals("assistant"))
                .forEach(role -> fields.lose("messages." + role));
        if (users.isEmpty()) {
            return;
        }
        ChatMessage said = users.getLast();
        MessageParts.loseAllBut(fields, List.of(said), "text", "image");
        order.prompt(said.text());
        for (ContentPart part : said.parts()) {
            ContentPart.Image image = part.image();
            String url = image == null ? null : image.url();
            if (url != null) {
                order.picture(url);
            }
        }
    }

    @Override
    public Flow<TaskNews> submit(TaskOrder order, ChannelView channel) {
        OpenAiUpstream upstream = upstreams.apply(channel);
        return turn -> {
            if (order.prompt().isBlank()) {
                return refused("say what the video is to show");
            }
            if (order.pictures().size() > 1) {
                return refused("a video begins with one picture, found "
                        + order.pictures().size());
            }
            Body body = upstream.videosAsJson() ? json(order) : form(turn, order);
            if (body == null) {
                return refused("the picture of the request is no data URL in base64");
            }
            return Flows.value(
                            upstream.post(order.model(), "videos")
                                    .body(body)
                                    .creating()
                                    .silence(SILENCE),
                            VideoReport::begun)
                    .begin(turn);
        };
    }

    private static Next refused(String why) {
        return Next.fail(Fault.of(FaultKind.BAD_REQUEST, why));
    }

    private static Body json(TaskOrder order) {
        JsonObject.Builder body = JsonObject.builder()
                .put("model", order.model())
                .put("prompt", order.prompt())
                .putAll(order.parameters());
        if (!order.pictures().isEmpty()) {
            JsonObject reference = JsonObject.builder()
                    .put("image_url", order.pictures().getFirst())
                    .build();
            body.put("input_reference", reference);
        }
        return Body.json(body.build());
    }

    /** Returns {@code null} when the picture cannot be read. */
    private static @Nullable Body form(Turn<?> turn, TaskOrder order) {
        Multipart form = Multipart.of(turn)
                .field("model", order.model())
                .field("prompt", order.prompt())
                .fields(order.parameters());
        if (order.pictures().isEmpty()) {
            return form.body();
        }
        ContentPart.Inline picture = new ContentPart.Image(order.pictures().getFirst(), null).inline();
        if (picture == null) {
            return null;
        }
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(picture.base64());
            return form.file("input_reference", fileName(picture.mediaType()), picture.mediaType(), bytes)
                    .body();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String fileName(String mediaType) {
        return switch (mediaType) {
            case "image/jpeg" -> "picture.jpg";
            case "image/webp" -> "picture.webp";
            default -> "picture.png";
        };
    }

    @Override
    public Flow<TaskNews> check(TaskRef task, ChannelView channel) {
        return Flows.value(upstreams.apply(channel).get(path(task)), VideoReport::of);
    }

    @Override
    public Flow<Void> content(TaskRef task, Artifact product, ChannelView channel) {
        return Flows.pass(upstreams.apply(channel).get(path(task) + "/content"));
    }

    private static String path(TaskRef task) {
        return "videos/"
                + URLEncoder.encode(task.upstreamId(), StandardCharsets.UTF_8).replace("+", "%20");
    }
}
