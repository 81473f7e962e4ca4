package io.patchbay.plugin.midjourney;

import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Next;
import io.patchbay.spi.Turn;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatMessage;
import io.patchbay.spi.chat.ChatRequest;
import io.patchbay.spi.chat.ContentPart;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.media.ImageCall;
import io.patchbay.spi.task.Notice;
import io.patchbay.spi.task.Noticed;
import io.patchbay.spi.task.TaskNews;
import io.patchbay.spi.task.TaskOrder;
import io.patchbay.spi.task.TaskPhase;
import io.patchbay.spi.task.TaskRef;
import io.patchbay.spi.task.TaskWork;
import io.patchbay.toolkit.Flows;
import io.patchbay.toolkit.MessageParts;
import io.patchbay.toolkit.RequestFields;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Imagine, the follow-ups on a finished picture, describe, blend and shorten. */
final class MidjourneyWork implements TaskWork {
    /** Actions that take pictures; to the others a picture says nothing. */
    private static final Set<String> LOOKING = Set.of("IMAGINE", "DESCRIBE", "BLEND");

    @Override
    public TaskOrder fromChat(ChatCall call, ChannelView channel) {
        ChatMessage last = call.request().messages().getLast();
        Command command = Command.of(last.text());
        TaskOrder.Builder order = TaskOrder.builder(command.action(), call.model(), call.publicModel())
                .dropped(unseen(call.request(), last, command));
        last.parts().stream()
                .map(ContentPart::image)
                .filter(image -> image != null && image.url() != null)
                .forEach(image -> order.picture(image.url()));
        switch (command.action()) {
            case "IMAGINE", "SHORTEN" ->
                order.prompt(
                        command.argument().isEmpty()
                                ? ""
                                : Speed.prompt(command.argument(), call.publicModel(), channel.endpoint()));
            case "DESCRIBE", "BLEND" -> order.prompt(command.argument());
            case "MODAL" -> order.parent(command.first()).prompt(command.rest());
            default ->
                order.parent(command.first())
                        .parameters(JsonObject.builder()
                                .put("detail", command.rest())
                                .build());
        }
        return order.build();
    }

    /** The proxy takes words and pictures; all settings stand inside the words. */
    private static Set<String> unseen(ChatRequest request, ChatMessage last, Command command) {
        RequestFields fields = RequestFields.of(request);
        request.messages().stream()
                .map(ChatMessage::role)
                .filter(role -> !role.equals("user") && !role.equals("assistant"))
                .forEach(role -> fields.lose("messages." + role));
        if (LOOKING.contains(command.action())) {
            MessageParts.loseAllBut(fields, List.of(last), "text", "image");
        } else {
            MessageParts.loseAllBut(fields, List.of(last), "text");
        }
        return fields.rest();
    }

    @Override
    public TaskOrder fromImages(ImageCall call, ChannelView channel) {
        RequestFields fields = RequestFields.of(call.settings());
        if (!call.pictures().isEmpty()) {
            fields.lose("image");
        }
        if (call.mask() != null) {
            fields.lose("mask");
        }
        return TaskOrder.builder("IMAGINE", call.model(), call.publicModel())
                .prompt(Speed.prompt(call.prompt(), call.publicModel(), channel.endpoint()))
                .dropped(fields.rest())
                .build();
    }

    @Override
    public Flow<TaskNews> submit(TaskOrder order, ChannelView channel) {
        String wrong = wrong(order);
        if (wrong != null) {
            return Flow.failed(Fault.of(FaultKind.BAD_REQUEST, wrong));
        }
        return turn -> Flows.send(
                Proxy.submit(channel, Submission.path(order), Submission.body(order)),
                built -> Next.ask(built, answer -> submitted(turn, order, channel, answer)));
    }

    private static @Nullable String wrong(TaskOrder order) {
        return switch (order.action()) {
            case "IMAGINE", "SHORTEN" -> order.prompt().isBlank() ? "please provide available prompt" : null;
            case "DESCRIBE" -> order.pictures().isEmpty() ? "/DESCRIBE needs a picture" : null;
            case "BLEND" ->
                order.pictures().size() < 2 || order.pictures().size() > 5
                        ? "/BLEND takes 2 to 5 pictures, found "
                                + order.pictures().size()
                        : null;
            default ->
                order.parent() == null || order.parent().isEmpty()
                        ? "expected /" + order.action() + " and the id of a task"
                        : Submission.wrongDetail(order);
        };
    }

    private static Next submitted(Turn<TaskNews> turn, TaskOrder order, ChannelView channel, Answer answer) {
        JsonValue body = answer.json();
        if (!answer.ok() || body == null || body.get("code") == null) {
            return Next.fail(answer.fault());
        }
        String code = String.valueOf(body.get("code").scalarText());
        JsonValue result = body.get("result");
        String id = result == null ? null : result.scalarText();
        boolean there = code.equals("21") && !order.action().equals("IMAGINE");
        if (there && isDialog(order, body)) {
            return Next.fail(Fault.of(
                    FaultKind.BAD_REQUEST,
                    "this action needs words: send /MODAL " + (id == null ? order.parent() : id) + " and a prompt"));
        }
        if (id == null || id.isEmpty() || !(code.equals("1") || code.equals("22") || there)) {
            String words = code.equals("21")
                    ? "task is existed, please try again later with another prompt"
                    : body.string("description");
            return Next.fail(MidjourneyChannelType.FILE.faults().fault(code, words));
        }
        turn.emit(TaskNews.builder(TaskPhase.QUEUED).upstreamId(id).build());
        return Next.done();
    }

    private static boolean isDialog(TaskOrder order, JsonValue body) {
        JsonValue status = body.at("properties", "status");
        String words = body.string("description", "") + (status == null ? "" : status.scalarText());
        return order.action().equals("ACTION") && words.toLowerCase(Locale.ROOT).contains("modal");
    }

    @Override
    public Flow<TaskNews> check(TaskRef task, ChannelView channel) {
        return Flows.value(Proxy.fetch(channel, task.upstreamId()), answer -> {
            JsonValue body = answer.json();
            return body instanceof JsonObject found ? TaskReport.of(found, task) : null;
        });
    }

    @Override
    public Noticed noticed(TaskRef task, Notice notice) {
        JsonValue body = notice.json();
        TaskNews news = body instanceof JsonObject told ? TaskReport.of(told, task) : null;
        return news == null ? Noticed.NOTHING : Noticed.of(news);
    }

    /** Returns pictures as the proxy takes them. */
    static JsonArray pictures(List<String> urls) {
        return new JsonArray(urls.stream().map(JsonValue::of).toList());
    }
}
