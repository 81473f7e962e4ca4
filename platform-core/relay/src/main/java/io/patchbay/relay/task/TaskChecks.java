package io.patchbay.relay.task;

import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.task.TaskNews;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One look at a task: asks the upstream, merges what it says, and decides when to look again. A look that fails says
 * nothing of the task and is repeated, later and later. A task that takes too long has failed; that is judged after a
 * look, so that a server that was away for an hour still finds what was finished meanwhile.
 */
final class TaskChecks implements TaskScheduler.Check {
    private final Tasks tasks;
    private final TaskPace pace;
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();

    TaskChecks(Tasks tasks, TaskPace pace) {
        this.tasks = tasks;
        this.pace = pace;
    }

    @Override
    public CompletableFuture<Optional<Instant>> begin(String id) {
        CompletableFuture<Optional<Instant>> next = CompletableFuture.supplyAsync(
                        () -> tasks.board().find(id).filter(task -> !task.isFinal()), tasks.work())
                .thenCompose(task -> task.map(this::ask).orElseGet(TaskChecks::nothing));
        return next.whenComplete((when, failure) -> {
            if (failure == null && when.isEmpty()) {
                failures.remove(id);
            }
        });
    }

    private static CompletableFuture<Optional<Instant>> nothing() {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    private CompletableFuture<Optional<Instant>> ask(Task task) {
        return tasks.flows().check(task).thenApplyAsync(asked -> merged(task, asked), tasks.work());
    }

    private Optional<Instant> merged(Task task, TaskFlows.Asked asked) {
        Task now = task;
        Duration wish = null;
        for (TaskNews news : asked.news()) {
            now = tasks.news(task.id(), news);
            wish = news.checkAfter() == null ? wish : news.checkAfter();
        }
        if (now.isFinal()) {
            return Optional.empty();
        }
        Instant time = tasks.clock().instant();
        if (!time.isBefore(task.origin().createdAt().plus(Tasks.LONGEST))) {
            expire(now);
            return Optional.empty();
        }
        Instant next = time.plus(wait(task, asked.fault(), wish));
        tasks.board().checked(task.id(), next);
        return Optional.of(next);
    }

    private Duration wait(Task task, @Nullable Fault fault, @Nullable Duration wish) {
        if (fault == null) {
            failures.remove(task.id());
            return pace.next(task.checks() + 1, wish);
        }
        int inARow = failures.merge(task.id(), 1, Integer::sum);
        return pace.afterFailure(inARow, fault.after());
    }

    private void expire(Task task) {
        Fault late = Fault.builder(
                        FaultKind.RETRY, "the task was not done within " + Tasks.LONGEST.toMinutes() + " minutes")
                .sub("timeout")
                .build();
        Task ended = tasks.news(task.id(), TaskNews.failed(late));
        TaskFault fault = ended.state().fault();
        if (fault != null && "timeout".equals(fault.sub())) {
            tasks.flows().cancel(ended);
        }
    }
}
