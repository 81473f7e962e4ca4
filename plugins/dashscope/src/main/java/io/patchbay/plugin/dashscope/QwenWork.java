package io.patchbay.plugin.dashscope;

import io.patchbay.dialects.fault.FaultReader;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Next;
import io.patchbay.spi.Turn;
import io.patchbay.spi.Usage;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatMessage;
import io.patchbay.spi.chat.ContentPart;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.media.ImageCall;
import io.patchbay.spi.task.Artifact;
import io.patchbay.spi.task.TaskNews;
import io.patchbay.spi.task.TaskOrder;
import io.patchbay.spi.task.TaskPhase;
import io.patchbay.spi.task.TaskRef;
import io.patchbay.spi.task.TaskWork;
import io.patchbay.toolkit.Conversation;
import io.patchbay.toolkit.Flows;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Pictures and films as tasks. Models that draw at once are finished when they are handed in. */
final class QwenWork implements TaskWork {
    private static final String AIGC = "/api/v1/services/aigc/";
    private static final Duration PACE = Duration.ofSeconds(3);
    private static final Duration SILENCE = Duration.ofMinutes(5);

    /** Settings of films, besides those of pictures. */
    private static final Set<String> FILM = Set.of("resolution", "duration", "audio");

    /** Settings that lie beside the prompt. */
    private static final Set<String> BESIDE = Set.of("negative_prompt", "audio_url", "template");

    /** Says what of an order no vendor will see, until there is a turn to tell it to. */
    private static final String LOST = "lost";

    @Override
    public @Nullable TaskOrder fromChat(ChatCall call, ChannelView channel) {
        QwenModel model = new QwenModel(call.model());
        if (!isWork(model)) {
            return null;
        }
        List<ChatMessage> messages = call.request().messages();
        JsonObject settings = call.request().settings();
        TaskOrder.Builder order = TaskOrder.builder(action(model), call.model(), call.publicModel())
                .prompt(Conversation.of(messages).last("user"))
                .parameters(parameters(model, settings));
        messages.reversed().stream()
                .filter(message -> message.role().equals("user"))
                .findFirst()
                .ifPresent(last -> pictures(last, order));
        return order.build();
    }

    @Override
    public @Nullable TaskOrder fromImages(ImageCall call, ChannelView channel) {
        QwenModel model = new QwenModel(call.model());
        return model.kind() == QwenModel.Kind.PICTURE_TASK && call.pictures().isEmpty()
                ? TaskOrder.builder(action(model), call.model(), call.publicModel())
                        .prompt(call.prompt())
                        .parameters(parameters(model, call.settings()))
                        .build()
                : null;
    }

    private static boolean isWork(QwenModel model) {
        return switch (model.kind()) {
            case PICTURES, PICTURE_TASK, FILM_TASK -> true;
            default -> false;
        };
    }

    private static String action(QwenModel model) {
        return model.kind() == QwenModel.Kind.FILM_TASK ? "video" : "image";
    }

    private static void pictures(ChatMessage message, TaskOrder.Builder order) {
        for (ContentPart part : message.parts()) {
            String url = part.image() == null ? null : part.image().url();
            if (url != null) {
                order.picture(url);
            }
        }
    }

    /** Returns the settings the model knows, and the names of the others. */
    private static JsonObject parameters(QwenModel model, JsonObject settings) {
        JsonObject.Builder known = JsonObject.builder();
        Set<String> lost = new TreeSet<>();
        boolean film = model.kind() == QwenModel.Kind.FILM_TASK;
        settings.members().forEach((name, value) -> {
            if (Drawing.KNOWN.contains(name) || BESIDE.contains(name) || (film && FILM.contains(name))) {
                known.put(name, value);
            } else if (!value.isNull() && !name.equals("stream_options")) {
                lost.add(name);
            }
        });
        return known.put(LOST, String.join(",", lost)).build();
    }

    @Override
    public Flow<TaskNews> submit(TaskOrder order, ChannelView channel) {
        DashScope server = new DashScope(channel);
        QwenModel model = new QwenModel(order.model());
        String lost = order.parameters().string(LOST, "");
        return DashScopeChannelType.FILE.faults().over(turn -> {
            if (!lost.isEmpty()) {
                turn.dropped(List.of(lost.split(",")));
            }
            return model.kind() == QwenModel.Kind.PICTURES
                    ? draw(turn, order, server)
                    : handIn(turn, order, model, server);
        });
    }

    private static Next draw(Turn<TaskNews> turn, TaskOrder order, DashScope server) {
        List<JsonValue> pictures = order.pictures().stream().map(JsonValue::of).toList();
        JsonObject settings = order.parameters().toBuilder().remove(LOST).build();
        JsonObject body = Drawing.body(order.model(), order.prompt(), pictures, settings);
        return Flows.<TaskNews>value(
                        server.post(QwenChat.PARTS)
                                .body(Body.json(body))
                                .creating()
                                .silence(SILENCE),
                        QwenWork::drawn)
                .begin(turn);
    }

    private static @Nullable TaskNews drawn(Answer answer) {
        List<String> made = Drawing.pictures(answer);
        JsonValue body = answer.json();
        if (made.isEmpty() || body == null) {
            return null;
        }
        TaskNews.Builder news = TaskNews.builder(TaskPhase.SUCCEEDED)
                .upstreamId(body.string("request_id"))
                .usage(usage(body));
        made.forEach(url -> news.artifact(Artifact.image(url)));
        return news.build();
    }

    private static Next handIn(Turn<TaskNews> turn, TaskOrder order, QwenModel model, DashScope server) {
        JsonObject.Builder input = JsonObject.builder().put("prompt", order.prompt());
        JsonObject.Builder parameters = order.parameters().toBuilder().remove(LOST);
        for (String name : BESIDE) {
            input.putIfPresent(name, order.parameters().get(name));
            parameters.remove(name);
        }
        List<String> pictures = order.pictures();
        boolean film = model.kind() == QwenModel.Kind.FILM_TASK;
        boolean frames = model.name().contains("kf2v");
        if (!pictures.isEmpty() && !film) {
            return Next.fail(Fault.of(
                    FaultKind.BAD_REQUEST, "the model \"" + model.name() + "\" makes pictures from words only"));
        }
        if (!pictures.isEmpty()) {
            input.put(frames ? "first_frame_url" : "img_url", pictures.getFirst());
        }
        if (frames && pictures.size() > 1) {
            input.put("last_frame_url", pictures.get(1));
        }
        JsonObject body = JsonObject.builder()
                .put("model", model.name())
                .put("input", input.build())
                .put("parameters", Drawing.parameters(parameters.build()))
                .build();
        String path = film
                ? (frames ? "image2video/" : "video-generation/") + "video-synthesis"
                : "text2image/image-synthesis";
        return Flows.<TaskNews>value(
                        server.post(AIGC + path)
                                .header("X-DashScope-Async", "enable")
                                .body(Body.json(body))
                                .creating(),
                        QwenWork::news)
                .begin(turn);
    }

    @Override
    public Flow<TaskNews> check(TaskRef task, ChannelView channel) {
        return DashScopeChannelType.FILE
                .faults()
                .over(Flows.value(new DashScope(channel).get(path(task)), QwenWork::news));
    }

    /** Only a task that has not begun is stopped; the vendor refuses the others. */
    @Override
    public Flow<TaskNews> cancel(TaskRef task, ChannelView channel) {
        return DashScopeChannelType.FILE
                .faults()
                .over(Flows.value(
                        new DashScope(channel).post(path(task) + "/cancel"),
                        answer -> TaskNews.builder(TaskPhase.CANCELLED).build()));
    }

    private static String path(TaskRef task) {
        return "/api/v1/tasks/" + URLEncoder.encode(task.upstreamId(), StandardCharsets.UTF_8);
    }

    private static @Nullable TaskNews news(Answer answer) {
        JsonValue body = answer.json();
        JsonValue output = body == null ? null : body.get("output");
        if (body == null || output == null || output.string("task_status") == null) {
            return null;
        }
        String id = output.string("task_id");
        return switch (output.string("task_status", "")) {
            case "PENDING", "SUSPENDED" ->
                TaskNews.builder(TaskPhase.QUEUED)
                        .upstreamId(id)
                        .checkAfter(PACE)
                        .build();
            case "RUNNING" ->
                TaskNews.builder(TaskPhase.RUNNING)
                        .upstreamId(id)
                        .checkAfter(PACE)
                        .build();
            case "SUCCEEDED" -> finished(body, output, id);
            case "CANCELED" ->
                TaskNews.builder(TaskPhase.CANCELLED).upstreamId(id).build();
            case "FAILED" -> TaskNews.failed(fault(output));
            default -> TaskNews.failed(Fault.of(FaultKind.UPSTREAM, "the upstream no longer knows the task"));
        };
    }

    /** A task may succeed in part: what was made counts, and only when nothing was is it a failure. */
    private static TaskNews finished(JsonValue body, JsonValue output, @Nullable String id) {
        TaskNews.Builder news = TaskNews.builder(TaskPhase.SUCCEEDED)
                .upstreamId(id)
                .progress(100)
                .usage(usage(body));
        int made = 0;
        String film = output.string("video_url");
        if (film != null) {
            news.artifact(new Artifact("video", film, "video/mp4", false));
            made++;
        }
        JsonValue failure = output;
        for (JsonValue result : output.elements("results")) {
            String url = result.string("url");
            if (url != null) {
                news.artifact(Artifact.image(url));
                made++;
            } else {
                failure = result;
            }
        }
        return made == 0 ? TaskNews.failed(fault(failure)) : news.build();
    }

    private static Fault fault(JsonValue error) {
        return DashScopeChannelType.FILE.faults().read(FaultReader.inBand(error));
    }

    /** Pictures and seconds are no tokens: the vendor's own counts are kept as they are. */
    private static @Nullable Usage usage(JsonValue body) {
        return body.get("usage") instanceof JsonObject counts
                ? Usage.builder().raw(counts).build()
                : null;
    }
}
