package io.patchbay.relay.call;

import io.patchbay.relay.exchange.FlowHost;
import io.patchbay.spi.Fault;
import io.patchbay.spi.Memo;
import io.patchbay.spi.Next;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What all hosts of an engagement's flows have in common: the policy for dropped fields, the plugin's memory, and the
 * repetition with a new credential.
 *
 * @param <E> the events of the flow
 */
public abstract class EngagedHost<E> implements FlowHost<E> {
    private final Engagement engagement;

    /** Creates a host for flows of that engagement. */
    protected EngagedHost(Engagement engagement) {
        this.engagement = engagement;
    }

    @Override
    public @Nullable Speaking speak(Next.Speak action, boolean framed) {
        return null;
    }

    @Override
    public void rest(Runnable resume) {
        resume.run();
    }

    @Override
    public void dropped(Collection<String> fields) {
        engagement.dropped(fields);
        note("dropped", String.join(", ", engagement.dropped()));
    }

    @Override
    public @Nullable Fault refusal() {
        return engagement.refusal();
    }

    @Override
    public void remember(Memo memo, String value, Duration keep) {
        engagement.remember(memo, value, keep);
    }

    @Override
    public Map<Memo, String> recall(Set<Memo> memos) {
        return engagement.recall(memos);
    }

    @Override
    public final void failed(Fault fault) {
        engagement.flowFailed(fault, contentSeen());
    }
}
