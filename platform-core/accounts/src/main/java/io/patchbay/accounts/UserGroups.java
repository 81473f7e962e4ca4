package io.patchbay.accounts;

/**
 * Tells the group of a signed-in user. Whoever sells groups provides it; called for every request, by many threads, so it
 * must answer from memory.
 */
@FunctionalInterface
public interface UserGroups {
    /** Everybody is in {@link Caller#NORMAL_GROUP}. */
    UserGroups NORMAL = userId -> Caller.NORMAL_GROUP;

    /** Returns the group of a user. */
    String of(long userId);
}
