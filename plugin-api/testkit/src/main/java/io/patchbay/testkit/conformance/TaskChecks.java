package io.patchbay.testkit.conformance;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.task.Artifact;
import io.patchbay.spi.task.TaskNews;
import io.patchbay.spi.task.TaskOrder;
import io.patchbay.spi.task.TaskPhase;
import io.patchbay.spi.task.TaskRef;
import io.patchbay.spi.task.TaskWork;
import io.patchbay.testkit.host.Cut;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestChatCall;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** That what is told of tasks keeps the bounds of the host, and that products which need the key can be fetched. */
final class TaskChecks {
    private static final int MOST_ID = 255;
    private static final int MOST_MEMO = 16_000;
    private static final int MOST_ACTION = 40;
    private static final int MOST_REFERENCE = 200;
    private static final int MOST_DETAIL = 200;
    private static final byte[] FILM = "\0\0\0\30ftypisom\0\0\2\0isomiso2".getBytes(StandardCharsets.ISO_8859_1);

    private final Subject subject;
    private final Fixture fixture;

    private TaskChecks(Subject subject, Fixture fixture) {
        this.subject = subject;
        this.fixture = fixture;
    }

    static List<Check> of(Subject subject) {
        List<Check> checks = new ArrayList<>();
        if (!subject.claimed().contains(Capability.TASKS)) {
            return checks;
        }
        for (Fixture fixture : subject.fixtures()) {
            if (!fixture.fails() && fixture.shows().contains(Capability.TASKS)) {
                TaskChecks all = new TaskChecks(subject, fixture);
                String group = "tasks, fixture " + fixture.name();
                checks.add(new Check(group, "what is told keeps the host's bounds", all::bounded));
                checks.add(new Check(group, "products that need the key can be fetched", all::fetched));
            }
        }
        return checks;
    }

    /** Returns the work of a type that claims some. */
    static TaskWork work(ChannelType type) {
        TaskWork work = type.tasks();
        if (work == null) {
            throw new AssertionError("tasks are claimed, but tasks() is null");
        }
        return work;
    }

    /** Hands a chat in as the host does, which tells the order's dropped fields before. */
    static Flow<TaskNews> submit(ChannelType type, ChannelView channel, String body) {
        TaskWork work = work(type);
        TaskOrder order = work.fromChat(TestChatCall.of(body), channel);
        Expect.that(order != null, "the chat is no task");
        if (order == null) {
            return Flow.unsupported("tasks");
        }
        Expect.that(
                !order.action().isEmpty() && order.action().length() <= MOST_ACTION,
                "an action has 1 to 40 characters, found \"" + order.action() + "\"");
        Flow<TaskNews> submit = work.submit(order.withHook("https://site.invalid/hook/0123456789abcdef"), channel);
        return turn -> {
            if (!order.dropped().isEmpty()) {
                turn.dropped(order.dropped());
            }
            return submit.begin(turn);
        };
    }

    static Flow<Void> content(ChannelType type, ChannelView channel, TaskRef task, Artifact product) {
        Flow<Void> flow = work(type).content(task, product, channel);
        if (flow == null) {
            throw new AssertionError("the product \"" + product.upstreamReference() + "\" cannot be fetched");
        }
        return flow;
    }

    /** Demands that a chat of the type is no task. */
    static void none(Subject subject) {
        TaskWork work = subject.type().tasks();
        TaskOrder order =
                work == null ? null : work.fromChat(TestChatCall.asking(subject.model(), "Hi"), subject.channel());
        Expect.that(order == null, "a chat became the task \"" + (order == null ? "" : order.action()) + "\"");
    }

    private List<TaskNews> news() {
        return new Play(subject, fixture)
                .recorded().events().stream()
                        .filter(TaskNews.class::isInstance)
                        .map(TaskNews.class::cast)
                        .toList();
    }

    private void bounded() {
        for (TaskNews news : news()) {
            atMost("the upstream's id", MOST_ID, news.upstreamId());
            atMost("the memo", MOST_MEMO, news.memo());
            news.details().forEach((name, value) -> atMost("the detail " + name, MOST_DETAIL, value));
            boolean faulty = news.fault() != null;
            Expect.that(
                    !faulty || news.phase() == TaskPhase.FAILED || news.phase() == TaskPhase.CANCELLED,
                    "a fault is told of a task that is " + news.phase());
            for (Artifact product : news.artifacts()) {
                String reference = product.upstreamReference();
                if (reference != null) {
                    Expect.that(!reference.isEmpty(), "a product that needs the key has no reference");
                    atMost("a reference", MOST_REFERENCE, reference);
                }
            }
        }
    }

    private static void atMost(String what, int most, @Nullable String text) {
        Expect.that(
                text == null || text.length() <= most,
                what + " has " + (text == null ? 0 : text.length()) + " characters, " + most + " are kept");
    }

    private void fetched() {
        for (TaskNews news : news()) {
            for (Artifact product : news.artifacts()) {
                if (product.upstreamReference() != null && news.phase() == TaskPhase.SUCCEEDED) {
                    String id = news.upstreamId();
                    fetched(new TaskRef(id == null ? "task-17" : id, "video", subject.model(), ""), product);
                }
            }
        }
    }

    private void fetched(TaskRef task, Artifact product) {
        Fixture fetching = Fixture.taskContent("product", task, product);
        FlowRun<Object> run = run(fetching, Reply.of(200, "video/mp4", FILM));
        Expect.that(run.mistakes().isEmpty(), "rules were broken: " + run.mistakes());
        Expect.that(
                run.ending() == FlowRun.Ending.PASSED && run.events().isEmpty(),
                "expected a flow that hands the product on and emits nothing, found " + run);
        FlowRun<Object> gone = run(fetching, Reply.json(404, "{\"error\":{\"message\":\"no such video\"}}"));
        Fault fault = gone.fault();
        Expect.that(
                gone.mistakes().isEmpty() && fault != null && fault.kind() != FaultKind.PLUGIN,
                "expected a fault for a product that is gone, found " + gone);
    }

    private FlowRun<Object> run(Fixture fetching, Reply reply) {
        return new Play(subject, fetching.replies(reply)).run(Cut.whole(), UnaryOperator.identity());
    }
}
