package io.patchbay.foundation.state;

/** A registration that ends when it is closed. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {
    /** Ends the registration; later calls have no effect. */
    @Override
    void close();
}
