package io.patchbay.spi.task;

import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Next;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.media.ImageCall;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Work that is submitted and waited for. The host keeps each task as a row; the flows here are short, so that a plugin can
 * be replaced while its tasks run, and a newer version must understand the {@link TaskRef#memo()} an older one wrote.
 *
 * <p>The row exists before the submit. The host schedules checks, merges news so that a terminal state stays and progress
 * never falls, bills at the end of the task and gives the reservation back when it failed. Stateless, called from many
 * threads.
 */
@ConsumerType
public interface TaskWork {
    /**
     * Returns the order a chat stands for, or {@code null} when that chat is no task. The host shows progress, products
     * and follow-ups in the answer. A chat that is meant as a task but cannot be one is ordered nevertheless: the submit
     * then fails with what is wrong. Fields of the request that the upstream will not see are told by
     * {@link TaskOrder.Builder#dropped}.
     */
    default @Nullable TaskOrder fromChat(ChatCall call, ChannelView channel) {
        return null;
    }

    /** Returns the order an image call stands for, or {@code null} when that call is no task; see {@link #fromChat}. */
    default @Nullable TaskOrder fromImages(ImageCall call, ChannelView channel) {
        return null;
    }

    /**
     * Hands the work in. Emits news with {@link TaskNews#upstreamId()} as soon as it is known; work that is done at once
     * emits its terminal news here.
     */
    Flow<TaskNews> submit(TaskOrder order, ChannelView channel);

    /** Asks how the task stands and emits it. A fault means that the asking failed, not the task; it is asked again. */
    Flow<TaskNews> check(TaskRef task, ChannelView channel);

    /**
     * Reads a call of the upstream on the task's hook address. Pure, and never trusted with more than the host's merging
     * allows: who knows the address may still lie.
     */
    default Noticed noticed(TaskRef task, Notice notice) {
        return Noticed.NOTHING;
    }

    /**
     * Fetches a product that {@link Artifact#atUpstream} told of, when the task has succeeded: ends in
     * {@link Next#pass} and emits nothing. A fault means that the fetching failed, not the task; the host repeats it,
     * and asks again later when a client wants the product. May also be asked long after the end, by a newer version.
     *
     * @return {@code null} when this work has no such products
     */
    default @Nullable Flow<Void> content(TaskRef task, Artifact product, ChannelView channel) {
        return null;
    }

    /** Returns the flow that stops the task, or {@code null} when the upstream knows no such thing. */
    default @Nullable Flow<TaskNews> cancel(TaskRef task, ChannelView channel) {
        return null;
    }
}
