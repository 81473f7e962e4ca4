package io.patchbay.kernel.generation;

import java.util.List;

/** A plugin's classes and objects in memory. */
public interface Loaded {

    /** Returns the services it provides; at least one. */
    List<Provided<?, ?>> provided();

    /** Returns how many host services it holds. */
    int lent();

    /** Returns the loader of its classes. */
    ClassLoader loader();

    /**
     * Stops the plugin and gives its classes up. Runs plugin code; called once.
     *
     * @return what went wrong, as text, or an empty string: the classes are given up either way
     */
    String unload();
}
