package io.patchbay.relay.exchange;

import io.patchbay.spi.Bytes;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Next;
import org.jspecify.annotations.Nullable;

/** Hands a 2xx body to the host as it comes; anything else goes to the plugin. */
final class PassedBody<E> implements UpstreamExchange.Listener {
    private final FlowRunner<E> runner;
    private final Next.Pass action;
    private @Nullable WholeBody<E> refused;

    PassedBody(FlowRunner<E> runner, Next.Pass action) {
        this.runner = runner;
        this.action = action;
    }

    @Override
    public void head(Head head) {
        if (!head.ok()
                || head.contentType().equals("application/json")
                || head.contentType().equals("text/html")) {
            refused = new WholeBody<>(runner, action.request(), Collected.ERROR_LIMIT, action.refused());
            refused.head(head);
            return;
        }
        runner.headCame(head);
        if (!runner.host().pass(head)) {
            runner.fail(Fault.of(FaultKind.UNSUPPORTED, "this call cannot be answered with a file"));
            return;
        }
        runner.readOn();
    }

    @Override
    public void bytes(Bytes read) {
        if (refused != null) {
            refused.bytes(read);
            return;
        }
        runner.touched();
        runner.host().passed(read);
        runner.restThenReadOn();
    }

    @Override
    public void end() {
        if (refused != null) {
            refused.end();
        } else {
            runner.finish();
        }
    }

    @Override
    public void broken(Throwable cause, boolean answered) {
        runner.fail(runner.network().broken(cause, answered, action.request()));
    }
}
