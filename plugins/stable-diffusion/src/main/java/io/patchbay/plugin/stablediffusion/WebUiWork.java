package io.patchbay.plugin.stablediffusion;

import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Next;
import io.patchbay.spi.Turn;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatMessage;
import io.patchbay.spi.chat.ContentPart;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.task.Artifact;
import io.patchbay.spi.task.TaskNews;
import io.patchbay.spi.task.TaskOrder;
import io.patchbay.spi.task.TaskPhase;
import io.patchbay.spi.task.TaskRef;
import io.patchbay.spi.task.TaskWork;
import io.patchbay.toolkit.Flows;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pictures in a chat. The WebUI answers the submit only when the pictures are made; it is told an id for the job at once,
 * so that its progress can be asked for meanwhile.
 */
final class WebUiWork implements TaskWork {
    private static final Duration LOOK = Duration.ofSeconds(2);

    @Override
    public TaskOrder fromChat(ChatCall call, ChannelView channel) {
        ChatMessage last = call.request().messages().getLast();
        TaskOrder.Builder order = TaskOrder.builder("PICTURE", call.model(), call.publicModel())
                .prompt(last.text())
                .parameters(call.request().settings());
        last.parts().stream()
                .map(ContentPart::image)
                .filter(image -> image != null && image.url() != null)
                .forEach(image -> order.picture(image.url()));
        return order.build();
    }

    @Override
    public Flow<TaskNews> submit(TaskOrder order, ChannelView channel) {
        if (order.prompt().isBlank()) {
            return Flow.failed(Fault.of(FaultKind.BAD_REQUEST, "say what the picture is to show"));
        }
        return turn -> {
            String id = "task(" + HexFormat.of().formatHex(turn.random(8)) + ")";
            WebUiJob job = new WebUiJob(channel, order.model(), order.prompt(), order.parameters());
            HttpRequest.Builder post = WebUi.post(
                            channel, order.pictures().isEmpty() ? "/sdapi/v1/txt2img" : "/sdapi/v1/img2img")
                    .body(Body.json(body(job, id, order.pictures())))
                    .creating()
                    .silence(WebUi.SILENCE);
            return Flows.send(post, built -> {
                turn.emit(TaskNews.builder(TaskPhase.RUNNING)
                        .upstreamId(id)
                        .progress(0)
                        .checkAfter(LOOK)
                        .build());
                return Next.ask(
                        built,
                        WebUi.LARGEST,
                        answer -> made(turn, WebUi.pictures(answer, job.count()), answer.fault()));
            });
        };
    }

    private static JsonObject body(WebUiJob job, String id, List<String> pictures) {
        JsonObject body = job.body(id);
        return pictures.isEmpty()
                ? body
                : body.toBuilder()
                        .put(
                                "init_images",
                                new JsonArray(
                                        pictures.stream().map(JsonValue::of).toList()))
                        .build();
    }

    private static Next made(Turn<TaskNews> turn, @Nullable List<String> pictures, Fault fault) {
        if (pictures == null) {
            // The task has a name already, so that its failure must be told as news too: nothing would end the waiting.
            turn.emit(TaskNews.failed(fault));
            return Next.fail(fault);
        }
        TaskNews.Builder news = TaskNews.builder(TaskPhase.SUCCEEDED).progress(100);
        pictures.forEach(picture -> news.artifact(Artifact.image("data:image/png;base64," + picture)));
        turn.emit(news.build());
        return Next.done();
    }

    /** Tells the progress only: the pictures come with the submit's own answer. */
    @Override
    public Flow<TaskNews> check(TaskRef task, ChannelView channel) {
        HttpRequest.Builder look = WebUi.get(channel, "/sdapi/v1/progress").query("skip_current_image", "true");
        return Flows.value(look, answer -> {
            JsonValue body = answer.json();
            JsonValue progress = body == null ? null : body.get("progress");
            BigDecimal part = progress == null ? null : progress.number();
            return part == null
                    ? null
                    : TaskNews.builder(TaskPhase.RUNNING)
                            .progress(Math.clamp(Math.round(part.doubleValue() * 100), 0, 99))
                            .checkAfter(LOOK)
                            .build();
        });
    }

    @Override
    public Flow<TaskNews> cancel(TaskRef task, ChannelView channel) {
        return Flows.value(
                WebUi.post(channel, "/sdapi/v1/interrupt").body(Body.json(JsonObject.EMPTY)),
                answer -> TaskNews.builder(TaskPhase.CANCELLED).build());
    }
}
