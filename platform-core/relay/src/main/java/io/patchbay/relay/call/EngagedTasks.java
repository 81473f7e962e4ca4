package io.patchbay.relay.call;

import io.patchbay.foundation.request.ClientAddress;
import io.patchbay.kernel.Lease;
import io.patchbay.relay.channel.BoundChannel;
import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.exchange.Redactor;
import io.patchbay.relay.task.Task;
import io.patchbay.relay.task.TaskChannels;
import io.patchbay.relay.task.TaskFlows;
import io.patchbay.relay.task.TaskNewsCopy;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.task.Artifact;
import io.patchbay.spi.task.Notice;
import io.patchbay.spi.task.Noticed;
import io.patchbay.spi.task.TaskNews;
import io.patchbay.spi.task.TaskRef;
import io.patchbay.spi.task.TaskWork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Enters plugins for tasks through an engagement of its own each time, with the channel and the key of the task. */
public final class EngagedTasks implements TaskFlows {
    private static final Logger log = LoggerFactory.getLogger(EngagedTasks.class);
    private static final String CALLERS = "hookCallers";
    private static final String REMOVED = "the channel of the task was removed";
    private static final int MOST_NEWS = 100;

    /** Which flow of a task's work is meant. */
    private interface Entry {
        @Nullable
        Flow<TaskNews> flow(TaskWork work, BoundChannel channel);
    }

    private final RelayServices services;
    private final TaskChannels channels;

    /** Creates the entries. */
    public EngagedTasks(RelayServices services, TaskChannels channels) {
        this.services = services;
        this.channels = channels;
    }

    @Override
    public CompletableFuture<Asked> check(Task task) {
        TaskRef ref = task.ref();
        if (ref == null) {
            return failed("the task has no id of its upstream");
        }
        return enter(task, "check", (work, channel) -> work.check(ref, channel));
    }

    @Override
    public void cancel(Task task) {
        TaskRef ref = task.ref();
        if (ref != null) {
            enter(task, "cancel", (work, channel) -> work.cancel(ref, channel)).thenAccept(asked -> {
                if (asked.fault() != null) {
                    log.debug("task {} could not be cancelled: {}", task.id(), asked.fault());
                }
            });
        }
    }

    private static CompletableFuture<Asked> failed(String message) {
        return CompletableFuture.completedFuture(new Asked(List.of(), Fault.of(FaultKind.CONFIG, message)));
    }

    private CompletableFuture<Asked> enter(Task task, String what, Entry entry) {
        Optional<Channel> channel = channels.channel(task);
        if (channel.isEmpty()) {
            return failed(REMOVED);
        }
        Look look = new Look(task, channel.get(), what, entry);
        look.start(channels.keyLine(task, channel.get()));
        return look.result;
    }

    @Override
    public CompletableFuture<Optional<Fault>> fetch(Task task, Artifact product, Duration most, Sink sink) {
        Optional<Channel> channel = channels.channel(task);
        TaskRef ref = task.ref();
        if (channel.isEmpty() || ref == null) {
            return CompletableFuture.completedFuture(Optional.of(Fault.of(FaultKind.CONFIG, REMOVED)));
        }
        TaskFetch fetch = new TaskFetch(services, task, channel.get(), ref, product, most, sink);
        fetch.start(channels.keyLine(task, channel.get()));
        return fetch.result();
    }

    /** Collects what one flow tells. */
    private final class Look extends TaskEntry<TaskNews> {
        private final List<TaskNews> news = new ArrayList<>();
        private final CompletableFuture<Asked> result = new CompletableFuture<>();
        private final Entry entry;

        Look(Task task, Channel channel, String what, Entry entry) {
            super(services, task, channel, what);
            this.entry = entry;
        }

        @Override
        @Nullable
        Flow<TaskNews> flow(TaskWork work, BoundChannel channel) {
            return entry.flow(work, channel);
        }

        /** Nothing to be done is an answer too. */
        @Override
        void nothing() {
            finish();
        }

        @Override
        void ended(@Nullable Fault fault) {
            result.complete(new Asked(news, fault));
        }

        @Override
        EngagedHost<TaskNews> host() {
            return new Host() {
                @Override
                public void event(TaskNews told) {
                    if (news.size() < MOST_NEWS) {
                        news.add(TaskNewsCopy.cleaned(told, engagement()::cleaned));
                    }
                }

                @Override
                public boolean contentSeen() {
                    return false;
                }
            };
        }
    }

    @Override
    public @Nullable Noticed noticed(Task task, Notice notice, String caller) {
        Channel channel = channels.channel(task).orElse(null);
        Lease<ChannelType> lease =
                channel == null ? null : services.types().lease(channel.type()).orElse(null);
        if (channel == null || lease == null) {
            return null;
        }
        try (lease) {
            ChannelType type = lease.service();
            TaskWork work = type.tasks();
            BoundChannel bound = BoundChannel.bind(channel, type.descriptor(), channels.keyLine(task, channel));
            if (work == null || !mayCall(type, bound, caller)) {
                return null;
            }
            TaskRef ref = task.ref();
            return ref == null ? Noticed.NOTHING : cleaned(work.noticed(ref, notice), bound);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            log.warn(
                    "the plugin {} failed to read a call of its upstream with {}",
                    lease.pluginId(),
                    e.getClass().getSimpleName());
            return Noticed.NOTHING;
        }
    }

    private static Noticed cleaned(Noticed noticed, BoundChannel bound) {
        TaskNews news = noticed.news();
        if (news == null) {
            return noticed;
        }
        Redactor redactor = new Redactor();
        bound.hideIn(redactor);
        return new Noticed(TaskNewsCopy.cleaned(news, redactor::clean), noticed.contentType(), noticed.reply());
    }

    /** The list may be an option of the type, or a part of the key as in the seed's {@code secret|address,address}. */
    private static boolean mayCall(ChannelType type, BoundChannel bound, String caller) {
        boolean inKey = type.descriptor().secretParts().stream()
                .anyMatch(part -> part.name().equals(CALLERS));
        String list = inKey ? bound.secret(CALLERS).reveal() : bound.option(CALLERS);
        List<String> allowed = Stream.of(list.split(","))
                .map(String::trim)
                .filter(text -> !text.isEmpty())
                .toList();
        if (allowed.isEmpty()) {
            return true;
        }
        if (!allowed.stream().allMatch(ClientAddress::isNetwork)) {
            log.warn("channel {}: the list of allowed callers holds something that is no address", bound.name());
            return false;
        }
        return new ClientAddress(allowed).isTrusted(caller);
    }
}
