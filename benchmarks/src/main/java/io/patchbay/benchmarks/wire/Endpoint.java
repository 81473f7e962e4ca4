package io.patchbay.benchmarks.wire;

/** What the loop calls when a channel is ready: a connection or a listener. */
interface Endpoint {
    void ready();
}
