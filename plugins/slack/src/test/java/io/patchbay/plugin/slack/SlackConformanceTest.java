package io.patchbay.plugin.slack;

import static io.patchbay.plugin.slack.Workspace.message;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.FaultKind;
import io.patchbay.testkit.conformance.ChannelTypeConformance;
import io.patchbay.testkit.conformance.Fixture;
import io.patchbay.testkit.host.Reply;
import java.util.List;
import java.util.Set;

final class SlackConformanceTest extends ChannelTypeConformance {
    private static final String HI = """
            {"model":"claude-slack","stream":true,"messages":[{"role":"user","content":"Hi"}]}""";
    private static final String PLAIN = HI.replace("\"stream\":true,", "");

    @Override
    protected ChannelType type() {
        return new SlackChannelType();
    }

    @Override
    protected Set<Capability> claimed() {
        return Set.of(Capability.CHAT);
    }

    @Override
    protected List<Fixture> fixtures() {
        // The kit takes whatever was told before a refused request for a misread refusal, so nothing is told before the
        // last one here; SlackChatTest watches the app write.
        Workspace waiting = Workspace.answering("", message("_Typing\u2026_"), message("Hello, 世界 &amp; all"));
        return List.of(
                Fixture.chat("waited for", HI)
                        .upstream(waiting)
                        .expectText("Hello, 世界 & all")
                        .expectFinish("stop"),
                Fixture.chat("plain", PLAIN).upstream(waiting).expectText("Hello, 世界 & all"),
                Fixture.chat("in a channel that is made", HI)
                        .upstream(Workspace.answering(message("Hello")).withChannels("general"))
                        .expectText("Hello"),
                Fixture.chat("declined", HI)
                        .upstream(Workspace.answering(
                                "{\"user\":\"BOT\",\"text\":\"x\",\"ts\":\"1704441601.000200\",\"metadata\":"
                                        + "{\"event_type\":\"claude_moderation\"}}"))
                        .expectFault(FaultKind.CONTENT),
                Fixture.chat("app out of order", HI)
                        .upstream(Workspace.answering(
                                "{\"user\":\"BOT\",\"text\":\"x\",\"ts\":\"1704441601.000200\",\"metadata\":"
                                        + "{\"event_type\":\"claude_error_message\"}}"))
                        .expectFault(FaultKind.UPSTREAM),
                Fixture.chat("no reply at all", HI)
                        .upstream(Workspace.answering(""))
                        .expectFault(FaultKind.UPSTREAM),
                refused("invalid_auth", FaultKind.KEY_DEAD),
                refused("missing_scope", FaultKind.KEY_DEAD),
                refused("is_archived", FaultKind.CONFIG),
                refused("ratelimited", FaultKind.RATE),
                refused("msg_too_long", FaultKind.TOO_LONG),
                refused("internal_error", FaultKind.UPSTREAM));
    }

    private static Fixture refused(String error, FaultKind kind) {
        return Fixture.chat(error, HI)
                .replies(Reply.json("{\"ok\":false,\"error\":\"" + error + "\"}"))
                .expectFault(kind);
    }
}
