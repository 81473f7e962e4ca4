package io.patchbay.relay.exchange;

import io.patchbay.spi.Bytes;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Next;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.HttpRequest;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a whole answer and hands it to the continuation. */
final class WholeBody<E> implements UpstreamExchange.Listener {
    private final FlowRunner<E> runner;
    private final HttpRequest request;
    private final int limit;
    private final Function<Answer, Next> then;
    private @Nullable Head head;
    private Collected body = new Collected(0);

    WholeBody(FlowRunner<E> runner, HttpRequest request, int limit, Function<Answer, Next> then) {
        this.runner = runner;
        this.request = request;
        this.limit = limit;
        this.then = then;
    }

    @Override
    public void head(Head came) {
        head = came;
        body = new Collected(came.ok() ? limit : Math.min(limit, Collected.ERROR_LIMIT));
        runner.headCame(came);
        runner.readOn();
    }

    @Override
    public void bytes(Bytes read) {
        runner.touched();
        body.add(read);
        Head known = head;
        if (body.overflowed() && known != null) {
            if (known.ok()) {
                runner.fail(Fault.of(
                        FaultKind.UPSTREAM, "the upstream's answer is larger than the limit of " + limit + " bytes"));
            } else {
                end();
            }
            return;
        }
        runner.readOn();
    }

    @Override
    public void end() {
        Head known = head;
        if (known != null) {
            Answer answer = runner.answer(known, body.view());
            runner.step(() -> then.apply(answer));
        }
    }

    @Override
    public void broken(Throwable cause, boolean answered) {
        NetworkFaults network = runner.network();
        runner.fail(request.creating() ? network.broken(cause, answered, request) : network.unanswered(cause, request));
    }
}
