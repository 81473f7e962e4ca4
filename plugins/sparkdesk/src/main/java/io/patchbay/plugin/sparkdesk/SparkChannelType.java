package io.patchbay.plugin.sparkdesk;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Offer;
import io.patchbay.spi.Text;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.config.ConfigField;
import org.osgi.service.component.annotations.Component;

/** Spark: one question on a signed socket. */
@Component(service = ChannelType.class)
public final class SparkChannelType implements ChannelType {
    static final String TIERS = "tiers";
    static final String FUNCTIONS = "functions";

    /** The socket for questions about a picture; its host is another one. */
    static final String PICTURES = "pictureEndpoint";

    private static final ConfigField TIERS_FIELD = ConfigField.builder(
                    TIERS, ConfigField.Kind.TEXT, Text.of("Paths and domains", "路径与 domain"))
            .hint(Text.of(
                    "Where the vendor has renamed something: model=/path domain, several separated by semicolons.",
                    "厂商更名时使用：model=/path domain，多条以分号分隔。"))
            .build();

    private static final ConfigField FUNCTIONS_FIELD = ConfigField.builder(
                    FUNCTIONS, ConfigField.Kind.FLAG, Text.of("Function calling", "函数调用"))
            .hint(Text.of("Switch off where the tier refuses functions.", "若该档位拒绝函数调用，请关闭。"))
            .fallback("true")
            .build();

    private static final ConfigField PICTURES_FIELD = ConfigField.builder(
                    PICTURES, ConfigField.Kind.TEXT, Text.of("Image understanding", "图像理解接入点"))
            .hint(Text.of("The address of the image understanding socket.", "图像理解 WebSocket 地址。"))
            .fallback("wss://spark-api.cn-huabei-1.xf-yun.com/v2.1/image")
            .build();

    /** A spark: drawn for this project. */
    private static final String LOGO = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" role="img" aria-label="Spark" fill="none" \
            stroke="#e4572e" stroke-width="2" stroke-linejoin="round" stroke-linecap="round">\
            <path d="M13 2L6 13h5l-1 9 8-12h-5z"/></svg>""";

    private static final ChannelDescriptor DESCRIPTOR = ChannelDescriptor.builder(
                    "sparkdesk", Text.of("iFlytek Spark", "讯飞星火"))
            .description(Text.of("iFlytek Spark over its signed WebSocket.", "通过签名 WebSocket 使用讯飞星火。"))
            .defaultEndpoint("wss://spark-api.xf-yun.com")
            .host("spark-api.cn-huabei-1.xf-yun.com")
            .secretPart(ConfigField.builder("appId", ConfigField.Kind.TEXT, Text.of("App id", "应用 ID"))
                    .required()
                    .build())
            .secretPart(ConfigField.secret("apiSecret", Text.of("API secret", "API Secret")))
            .secretPart(ConfigField.secret("apiKey", Text.of("API key", "API Key")))
            .option(TIERS_FIELD)
            .option(FUNCTIONS_FIELD)
            .option(PICTURES_FIELD)
            .templateModels(
                    "spark-desk-4.0-ultra",
                    "spark-desk-max",
                    "spark-desk-max-32k",
                    "spark-desk-pro",
                    "spark-desk-pro-128k",
                    "spark-desk-lite",
                    "spark-x")
            .unmapped(
                    "top_p",
                    "stop",
                    "seed",
                    "n",
                    "presence_penalty",
                    "frequency_penalty",
                    "repetition_penalty",
                    "logit_bias",
                    "logprobs",
                    "top_logprobs",
                    "response_format",
                    "reasoning_effort",
                    "tools",
                    "tool_choice",
                    "parallel_tool_calls",
                    "user",
                    "metadata",
                    "service_tier")
            .logo(LOGO)
            .build();

    @Override
    public ChannelDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Offer offer(String model, ChannelView channel) {
        Tier tier = Tier.of(model, channel.option(TIERS));
        Offer.Builder offer = Offer.builder()
                .capability(Capability.CHAT, Capability.VISION, Capability.WEB_SEARCH)
                .imageInput(Offer.ImageInput.INLINE);
        if (tier.functions() && !channel.option(FUNCTIONS).equals("false")) {
            offer.capability(Capability.TOOLS);
        }
        if (tier.reasons()) {
            offer.capability(Capability.REASONING);
        }
        return offer.build();
    }

    @Override
    public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
        return new SparkChat(call, channel);
    }
}
