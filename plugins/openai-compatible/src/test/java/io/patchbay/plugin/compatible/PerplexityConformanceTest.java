package io.patchbay.plugin.compatible;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.ModelInfo;
import io.patchbay.testkit.conformance.Fixture;
import io.patchbay.testkit.host.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** A vendor that thinks in tags, tells cumulative usage in every chunk, and is strict about the order of messages. */
final class PerplexityConformanceTest extends VendorConformance {
    private static final String MODEL = "sonar-reasoning-pro";

    PerplexityConformanceTest() {
        super("perplexity");
    }

    @Override
    protected String model(ChannelType type) {
        return MODEL;
    }

    @Override
    protected Set<Capability> claimed() {
        return Set.of(
                Capability.CHAT,
                Capability.VISION,
                Capability.REASONING,
                Capability.JSON_OUTPUT,
                Capability.MODEL_LIST);
    }

    @Override
    protected List<Fixture> fixtures() {
        return List.of(
                golden("golden", chat(MODEL, true, ""), "perplexity.sse")
                        .shows(Capability.REASONING)
                        .expectReasoning("Look it up.")
                        .expectText("The sky [1] 世界")
                        .expectFinish("stop")
                        .expectUsage(10, 6),
                golden(
                                "golden whole",
                                chat(MODEL, false, ",\"response_format\":{\"type\":\"json_object\"}"),
                                "perplexity.json")
                        .shows(Capability.REASONING, Capability.JSON_OUTPUT)
                        .expectReasoning("Look it up.")
                        .expectText("The sky [1]")
                        .expectUsage(10, 6),
                golden(
                                "a picture",
                                "{\"model\":\"sonar\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":"
                                        + "\"image_url\",\"image_url\":{\"url\":\"https://a.example/b.png\"}}]}]}",
                                "perplexity.sse")
                        .shows(Capability.VISION)
                        .expectText("<think>\nLook it up.\n</think>\n\nThe sky [1] 世界"),
                golden("messages in no order", UNORDERED, "perplexity.sse")
                        .expectText("The sky [1] 世界")
                        .expect(run -> {
                            String sent =
                                    run.sent().getFirst().json().get("messages").toJson();
                            if (!sent.equals(ORDERED)) {
                                throw new AssertionError("expected " + ORDERED + ", found " + sent);
                            }
                        }),
                Fixture.chat("a page in place of an error", chat(MODEL, true, ""))
                        .replies(Reply.of(
                                401,
                                "text/html",
                                "<html><head><title>401 Authorization Required</title></head></html>"
                                        .getBytes(StandardCharsets.UTF_8)))
                        .expectFault(FaultKind.KEY_DEAD),
                Fixture.of("models", (type, channel) -> type.models(channel))
                        .shows(Capability.MODEL_LIST)
                        .expect(run -> {
                            if (!(run.events().getFirst() instanceof ModelInfo first)
                                    || !first.id().equals("sonar")) {
                                throw new AssertionError("expected the model sonar first, found " + run.events());
                            }
                        }));
    }

    private static final String UNORDERED = "{\"model\":\"" + MODEL + "\",\"stream\":true,\"messages\":["
            + "{\"role\":\"assistant\",\"content\":\"Ask me.\"},{\"role\":\"system\",\"content\":\"Be brief.\"},"
            + "{\"role\":\"user\",\"content\":\"Why\"},{\"role\":\"user\",\"content\":\"blue?\"}]}";
    private static final String ORDERED = "[{\"role\":\"system\",\"content\":\"Be brief.\"},"
            + "{\"role\":\"user\",\"content\":\"Ask me.\\nWhy\\nblue?\"}]";
}
