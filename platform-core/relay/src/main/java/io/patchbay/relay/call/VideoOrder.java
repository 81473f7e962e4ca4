package io.patchbay.relay.call;

import io.patchbay.relay.task.Task;
import java.util.Set;
import java.util.function.Function;

/**
 * A video a client asked for, before any upstream is chosen.
 *
 * @param chat the same as a chat of one message, whose settings are those of the video: what makes videos in chats
 *     makes them here
 * @param unused fields that are given to no upstream
 * @param written writes the task in the client's form, in UTF-8
 */
public record VideoOrder(ChatOrder chat, Set<String> unused, Function<Task, byte[]> written) {
    public VideoOrder {
        unused = Set.copyOf(unused);
    }
}
