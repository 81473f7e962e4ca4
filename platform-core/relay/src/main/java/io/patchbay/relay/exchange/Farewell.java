package io.patchbay.relay.exchange;

import io.patchbay.spi.Bytes;
import io.patchbay.spi.http.HttpRequest;
import java.time.Duration;

/** Tells an upstream to stop: sends a request once and does not care for the answer. */
final class Farewell implements UpstreamExchange.Listener {
    private static final Duration TIME = Duration.ofSeconds(5);

    private Farewell() {}

    /**
     * Sends the request.
     *
     * @throws RuntimeException when it cannot be made
     */
    static void send(HttpRequest last, FlowRunner.Surroundings around, Egress egress, Redactor redactor) {
        OpenExchange goodbye = around.client().exchange(last, egress, redactor, around.serial(), new Farewell());
        goodbye.send();
        goodbye.limit(around.timers().after(TIME, () -> around.serial().execute(goodbye::cancel)));
    }

    @Override
    public void head(Head head) {}

    @Override
    public void bytes(Bytes read) {}

    @Override
    public void end() {}

    @Override
    public void broken(Throwable cause, boolean answered) {}
}
