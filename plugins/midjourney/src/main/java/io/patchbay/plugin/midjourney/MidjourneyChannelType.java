package io.patchbay.plugin.midjourney;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Offer;
import io.patchbay.spi.Text;
import io.patchbay.spi.config.ConfigField;
import io.patchbay.spi.task.TaskWork;
import org.osgi.service.component.annotations.Component;

/** Midjourney. All of its work is tasks; a chat that asks for one is answered with progress, picture and buttons. */
@Component(service = ChannelType.class)
public final class MidjourneyChannelType implements ChannelType {
    private static final ConfigField SECRET = ConfigField.builder(
                    Proxy.SECRET, ConfigField.Kind.SECRET, Text.of("Proxy secret", "代理密钥"))
            .hint(Text.of(
                    "What the proxy calls mj-api-secret; leave it empty or write null when it has none.",
                    "即代理的 mj-api-secret；代理没有密钥时留空或填写 null。"))
            .build();

    private static final ConfigField CALLERS = ConfigField.builder(
                    "hookCallers", ConfigField.Kind.TEXT, Text.of("Callers", "回调来源"))
            .hint(Text.of(
                    "Addresses that may call back, separated by commas; empty for any. Each task has a secret address of its"
                            + " own besides.",
                    "允许回调的地址，以逗号分隔；留空表示不限。此外每个任务都有自己的保密回调地址。"))
            .build();

    /** A sail on a line: drawn for this project. */
    private static final String LOGO = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" role="img" aria-label="Midjourney proxy" \
            fill="none" stroke="#5b6ee1" stroke-width="2" stroke-linejoin="round" stroke-linecap="round">\
            <path d="M11 4v11H4z"/><path d="M14 8l6 7h-6z"/><path d="M3 19c3 2 15 2 18 0"/></svg>""";

    private static final ChannelDescriptor DESCRIPTOR = ChannelDescriptor.builder(
                    "midjourney", Text.of("Midjourney", "Midjourney"))
            .description(Text.of(
                    "Pictures by Midjourney through a midjourney-proxy; the endpoint is the proxy's address without /mj.",
                    "通过 midjourney-proxy 使用 Midjourney 绘图；接入点为代理地址，不含 /mj。"))
            .secretPart(SECRET)
            .secretPart(CALLERS)
            .templateModels("midjourney", "midjourney-fast", "midjourney-turbo", "niji-journey")
            // All settings stand inside the words of the prompt.
            .unmapped(
                    "n",
                    "size",
                    "quality",
                    "style",
                    "background",
                    "temperature",
                    "top_p",
                    "top_k",
                    "max_tokens",
                    "max_completion_tokens",
                    "stop",
                    "seed",
                    "presence_penalty",
                    "frequency_penalty",
                    "repetition_penalty",
                    "logit_bias",
                    "logprobs",
                    "top_logprobs",
                    "response_format",
                    "reasoning_effort",
                    "service_tier",
                    "metadata",
                    "user",
                    "tools",
                    "tool_choice",
                    "parallel_tool_calls",
                    "messages.system",
                    "messages.tool")
            .logo(LOGO)
            .build();

    @Override
    public ChannelDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Offer offer(String model, ChannelView channel) {
        return Offer.builder()
                .capability(Capability.TASKS, Capability.VISION)
                .imageInput(Offer.ImageInput.INLINE)
                .build();
    }

    @Override
    public TaskWork tasks() {
        return new MidjourneyWork();
    }
}
