package io.patchbay.testkit.host;

import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Memo;
import io.patchbay.spi.Next;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.HttpRequest;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Performs the actions of one run. */
final class Performer<E> {
    private final FlowRun<E> run;

    Performer(FlowRun<E> run) {
        this.run = run;
    }

    void perform(Next next) {
        switch (next) {
            case Next.Ask ask -> {
                Reply reply = send(ask.request());
                if (reply != null) {
                    asked(ask, reply);
                }
            }
            case Next.Stream stream -> {
                Reply reply = send(stream.request());
                if (reply != null) {
                    streamed(stream, reply);
                }
            }
            case Next.Speak speak -> {
                Reply reply = send(speak.request());
                if (reply != null) {
                    spoken(speak, reply);
                }
            }
            case Next.Pass pass -> {
                Reply reply = send(pass.request());
                if (reply != null) {
                    handedOn(pass, reply);
                }
            }
            case Next.Dial dial -> dialled(dial);
            case Next.Pause pause -> {
                run.paused(pause.time());
                run.proceed(run.enter("the continuation of pause", pause.then()));
            }
            case Next.Recall recall -> {
                Map<Memo, String> known = new LinkedHashMap<>(run.settings().memory);
                known.keySet().retainAll(recall.memos());
                run.proceed(run.enter(
                        "the continuation of recall", () -> recall.then().apply(Map.copyOf(known))));
            }
            case Next.More ignored -> run.broke("more() was returned where nothing is being read");
            case Next.Done ignored -> done();
            case Next.Fail fail -> run.fail(fail.fault());
        }
    }

    private void done() {
        boolean finished = run.events().stream().anyMatch(event -> event instanceof ChatEvent.Finish);
        if (run.isChat() && !finished) {
            run.fail(Fault.of(FaultKind.TRUNCATED, "the flow was done without a finish event"));
            return;
        }
        run.finish();
    }

    private void asked(Next.Ask ask, Reply reply) {
        if (reply.broken()) {
            run.fail(run.brokenConnection());
            return;
        }
        if (reply.status() / 100 == 2 && reply.body().length > ask.limit()) {
            run.fail(Fault.of(FaultKind.UPSTREAM, "the answer is larger than " + ask.limit() + " bytes"));
            return;
        }
        run.proceed(answered("the continuation of ask", ask.then(), reply));
    }

    private void streamed(Next.Stream stream, Reply reply) {
        if (reply.status() / 100 != 2) {
            run.proceed(answered("reader.refused", stream.reader()::refused, reply));
        } else if (Shape.isUnframed(stream.framing(), reply.body())) {
            run.proceed(answered("reader.unframed", stream.reader()::unframed, reply));
        } else {
            run.opened(new StreamExchange<>(run, reply, stream.framing(), stream.reader()));
        }
    }

    private void spoken(Next.Speak speak, Reply reply) {
        if (!run.isChat() || SpeakExchange.codec(speak.dialect()) == null) {
            run.broke("a flow of this kind cannot speak the dialect "
                    + speak.dialect().id());
        } else if (reply.status() / 100 != 2) {
            run.proceed(answered("voice.refused", speak.voice()::refused, reply));
        } else {
            run.opened(SpeakExchange.open(run, speak, reply));
        }
    }

    private void handedOn(Next.Pass pass, Reply reply) {
        boolean product = reply.status() == 200 || reply.status() == 206;
        String type = reply.headers().getOrDefault("content-type", "");
        if (!product || type.startsWith("application/json")) {
            run.proceed(answered("the refusal of pass", pass.refused(), reply));
        } else if (reply.broken()) {
            run.fail(run.brokenConnection());
        } else {
            run.pass(new Passed(reply.status(), reply.headers(), reply.body()));
        }
    }

    private void dialled(Next.Dial dial) {
        HttpRequest handshake = dial.handshake();
        if (!handshake.method().equals("GET") || !isSocket(handshake) || handshake.body() != null) {
            run.broke("dial takes a GET of a ws or wss address without a body");
            return;
        }
        int number = run.sent().size();
        Reply reply = answer(handshake);
        if (reply == null) {
            return;
        }
        if (reply.isSocket()) {
            run.opened(new SocketExchange<>(run, reply, dial.reader(), number));
        } else if (reply.broken()) {
            run.fail(Fault.builder(FaultKind.RETRY, "the upstream could not be reached")
                    .sub("network")
                    .build());
        } else {
            run.proceed(answered("reader.refused", dial.reader()::refused, reply));
        }
    }

    private static boolean isSocket(HttpRequest request) {
        return URI.create(request.url()).getScheme().startsWith("ws");
    }

    private @Nullable Next answered(String what, Function<Answer, Next> then, Reply reply) {
        TestAnswer answer = new TestAnswer(reply.status(), reply.headers(), reply.body(), run.clock());
        Next next = run.enter(what, () -> then.apply(answer));
        answer.poison();
        return next;
    }

    /** Sends an HTTP request; returns {@code null} when a rule was broken, which has ended the run. */
    private @Nullable Reply send(HttpRequest request) {
        if (isSocket(request)) {
            run.broke("a ws or wss address can only be dialled");
            return null;
        }
        Reply reply = answer(request);
        if (reply != null && reply.isSocket()) {
            throw new AssertionError("a socket was given for an answer to " + request);
        }
        return reply;
    }

    private @Nullable Reply answer(HttpRequest request) {
        if (run.sent().size() >= FlowRun.MAX_EXCHANGES) {
            run.broke("more than " + FlowRun.MAX_EXCHANGES + " requests in one run");
            return null;
        }
        SentRequest ready = run.enterMaybe("the signer", () -> SentRequest.of(request, run.clock()));
        if (ready == null) {
            return null;
        }
        return run.settings().upstream.answer(ready, run.sent(ready));
    }
}
