package io.patchbay.relay.task;

/** Told of one task, on any thread; must be quick and must not block. */
public interface TaskListener {
    /**
     * The task has changed and goes on. Calls may overtake each other: the higher {@link Task#version} is the newer.
     */
    void changed(Task task);

    /** The task is final and paid for; called once, as the last. */
    void ended(TaskEnd end);
}
