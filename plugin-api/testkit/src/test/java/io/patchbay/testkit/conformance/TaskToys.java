package io.patchbay.testkit.conformance;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Next;
import io.patchbay.spi.Offer;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.task.Artifact;
import io.patchbay.spi.task.TaskNews;
import io.patchbay.spi.task.TaskOrder;
import io.patchbay.spi.task.TaskPhase;
import io.patchbay.spi.task.TaskRef;
import io.patchbay.spi.task.TaskWork;
import io.patchbay.testkit.host.Reply;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Plugins whose work takes time: a good one, and some with one mistake each. */
final class TaskToys {
    private static final Offer OFFER =
            Offer.builder().capability(Capability.TASKS).build();
    private static final TaskRef TASK = new TaskRef("7", "film", "toy-1", "");

    private TaskToys() {}

    static List<Fixture> fixtures() {
        return List.of(
                Fixture.task("order", "{\"model\":\"toy-1\",\"messages\":[{\"role\":\"user\",\"content\":\"a cat\"}]}")
                        .replies(Reply.json("{\"id\":\"7\"}")),
                Fixture.taskCheck("done", TASK).replies(Reply.json("{\"id\":\"7\",\"done\":true}")));
    }

    static Subject subject(ChannelType type) {
        return ToyParts.subject(type, Set.of(Capability.TASKS), fixtures());
    }

    /** Has a place for what the user says last and for the size; the rest is told. */
    static class Good implements ChannelType, TaskWork {
        @Override
        public ChannelDescriptor descriptor() {
            return ToyParts.DESCRIPTOR;
        }

        @Override
        public Offer offer(String model, ChannelView channel) {
            return OFFER;
        }

        @Override
        public TaskWork tasks() {
            return this;
        }

        @Override
        public @Nullable TaskOrder fromChat(ChatCall call, ChannelView channel) {
            JsonObject question = ToyParts.question(call);
            Set<String> lost = new TreeSet<>(call.request().settings().members().keySet());
            return TaskOrder.builder("film", call.model(), call.publicModel())
                    .parameters(JsonObject.builder()
                            .putIfPresent("lines", question.get("lines"))
                            .putIfPresent("tools", question.get("tools"))
                            .build())
                    .dropped(lost)
                    .build();
        }

        @Override
        public Flow<TaskNews> submit(TaskOrder order, ChannelView channel) {
            return ask(post(channel, "/films").body(Body.json(order.parameters())));
        }

        @Override
        public Flow<TaskNews> check(TaskRef task, ChannelView channel) {
            return ask(post(channel, "/films/" + task.upstreamId()));
        }

        @Override
        public @Nullable Flow<Void> content(TaskRef task, Artifact product, ChannelView channel) {
            return turn -> Next.pass(
                    post(channel, "/films/" + task.upstreamId() + "/" + product.upstreamReference())
                            .build(),
                    answer -> Next.fail(answer.fault()));
        }

        private static HttpRequest.Builder post(ChannelView channel, String path) {
            return HttpRequest.post(channel.endpoint() + path).header("authorization", channel.secret("key"));
        }

        private Flow<TaskNews> ask(HttpRequest.Builder request) {
            return turn -> Next.ask(request.build(), answer -> {
                TaskNews news = news(answer);
                if (news == null) {
                    return Next.fail(answer.fault());
                }
                turn.emit(news);
                return Next.done();
            });
        }

        private @Nullable TaskNews news(Answer answer) {
            JsonValue body = answer.ok() ? answer.json() : null;
            String id = body == null ? null : body.string("id");
            if (body == null || id == null) {
                return null;
            }
            return body.flag("done", false)
                    ? TaskNews.builder(TaskPhase.SUCCEEDED)
                            .upstreamId(id)
                            .artifact(product())
                            .build()
                    : TaskNews.builder(TaskPhase.QUEUED).upstreamId(id).build();
        }

        Artifact product() {
            return Artifact.atUpstream("video", "film", "video/mp4");
        }
    }

    /** Says nothing of the fields it passes over. */
    static final class LosesFields extends Good {
        @Override
        public TaskOrder fromChat(ChatCall call, ChannelView channel) {
            return TaskOrder.builder("film", call.model(), call.publicModel()).build();
        }
    }

    /** Tells of a product and does not fetch it. */
    static final class FetchesNothing extends Good {
        @Override
        public @Nullable Flow<Void> content(TaskRef task, Artifact product, ChannelView channel) {
            return null;
        }
    }

    /** Reads the product itself. */
    static final class ReadsTheProduct extends Good {
        @Override
        public Flow<Void> content(TaskRef task, Artifact product, ChannelView channel) {
            return turn ->
                    Next.ask(HttpRequest.get(channel.endpoint() + "/films").build(), answer -> Next.done());
        }
    }

    /** Names its products by more than the host keeps. */
    static final class NamesAtLength extends Good {
        @Override
        Artifact product() {
            return Artifact.atUpstream("video", "x".repeat(201), "video/mp4");
        }
    }
}
