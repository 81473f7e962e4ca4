package io.patchbay.plugin.sandbox;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.ModelInfo;
import io.patchbay.spi.Next;
import io.patchbay.spi.Offer;
import io.patchbay.spi.Text;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.config.ConfigField;
import io.patchbay.spi.json.JsonObject;
import java.time.Duration;

/** A channel type whose answers are canned and say so. It needs no key and sends nothing anywhere. */
public final class SandboxChannelType implements ChannelType {
    private static final String PACE = "pace";
    private static final int MOST_PACE = 2_000;

    private static final ConfigField PACE_FIELD = ConfigField.builder(
                    PACE, ConfigField.Kind.NUMBER, Text.of("Pace in milliseconds", "节奏（毫秒）"))
            .hint(Text.of(
                    "How long to wait after each word of a streamed answer, 0 to 2000.", "流式回答中每个词之后的等待时间，0 到 2000。"))
            .fallback("30")
            .build();

    private static final ChannelDescriptor DESCRIPTOR = ChannelDescriptor.builder("sandbox", Text.of("Sandbox", "沙盒"))
            .description(Text.of(
                    "Canned answers without a key and without any network, to try the site before there is a provider.",
                    "无需密钥、不访问网络的预设回答，供接入服务商之前试用。"))
            .option(PACE_FIELD)
            .templateModels(Model.ECHO.id(), Model.LOREM.id(), Model.TOOLS.id())
            .unmapped("temperature", "top_p", "stop", "n", "response_format", "seed", "logprobs", "tool_choice")
            .logo("""
                    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" role="img" aria-label="Sandbox">\
                    <path d="M3 20h18l-2-6H5z" fill="#e0b252"/>\
                    <path d="M8 14a4 4 0 0 1 8 0z" fill="#c98f2b"/>\
                    <path d="M12 10V4l5 2-5 2" fill="none" stroke="#5a6b7b" stroke-width="1.5" stroke-linejoin="round"/>\
                    </svg>""")
            .build();

    @Override
    public ChannelDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Offer offer(String model, ChannelView channel) {
        Offer.Builder offer = Offer.builder();
        if (Model.of(model) != null) {
            offer.capability(Capability.CHAT);
        }
        if (Model.of(model) == Model.TOOLS) {
            offer.capability(Capability.TOOLS);
        }
        return offer.capability(Capability.MODEL_LIST).build();
    }

    @Override
    public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
        Model model = Model.of(call.model());
        if (model == null) {
            return Flow.failed(Fault.of(FaultKind.NO_ACCESS, "the sandbox has no model \"" + call.model() + "\""));
        }
        Duration pace = call.stream() ? pace(channel.option(PACE)) : Duration.ZERO;
        return new CannedChat(model, Prompt.of(call.request()), pace);
    }

    @Override
    public Flow<ModelInfo> models(ChannelView channel) {
        return turn -> {
            for (Model model : Model.values()) {
                turn.emit(new ModelInfo(model.id(), "sandbox", JsonObject.EMPTY));
            }
            return Next.done();
        };
    }

    /** Reads the option; a value that is no number falls back to the default, because a demonstration should not fail. */
    private static Duration pace(String option) {
        String text = option.isBlank() || !option.chars().allMatch(c -> c >= '0' && c <= '9') || option.length() > 9
                ? PACE_FIELD.fallback()
                : option;
        return Duration.ofMillis(Math.min(Integer.parseInt(text), MOST_PACE));
    }
}
