package io.patchbay.relay.call;

import io.patchbay.billing.admission.Admission;
import io.patchbay.billing.ledger.Ledger;
import io.patchbay.billing.tokens.TokenCounter;
import io.patchbay.foundation.config.RelayConfig;
import io.patchbay.kernel.ChannelTypes;
import io.patchbay.relay.artifact.Artifacts;
import io.patchbay.relay.cache.AnswerCache;
import io.patchbay.relay.exchange.Timers;
import io.patchbay.relay.exchange.UpstreamClient;
import io.patchbay.relay.picture.Pictures;
import io.patchbay.relay.record.RelayMetrics;
import io.patchbay.relay.record.RequestLog;
import io.patchbay.relay.routing.Router;
import io.patchbay.relay.task.Tasks;
import java.time.InstantSource;

/** What every relayed call needs; made once at start. */
public record RelayServices(
        RelayConfig config,
        ChannelTypes types,
        Router router,
        AnswerCache answers,
        Admission admission,
        Ledger ledger,
        TokenCounter tokens,
        UpstreamClient client,
        Timers timers,
        Minting minting,
        UserMarks marks,
        Memos memos,
        Pictures pictures,
        Artifacts artifacts,
        Tasks tasks,
        RequestLog records,
        RelayMetrics metrics,
        InstantSource clock) {}
