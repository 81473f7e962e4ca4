package io.patchbay.testkit.conformance;

/**
 * One thing the kit demands. Can be run any number of times.
 *
 * @param group what it is about, such as {@code descriptor}
 * @param name what is demanded
 * @param body throws an {@link AssertionError} when it is not met
 */
public record Check(String group, String name, Runnable body) {
    @Override
    public String toString() {
        return group + ": " + name;
    }
}
