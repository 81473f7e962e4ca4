package io.patchbay.plugin.hunyuan;

import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.Text;
import io.patchbay.spi.config.ConfigField;

/** What the console shows of this channel type. */
final class HunyuanDescriptor {
    static final String FIRST = "app_id";
    static final String SECOND = "secret_id";
    static final String THIRD = "secret_key";

    private static final ConfigField FIRST_FIELD = ConfigField.builder(
                    FIRST, ConfigField.Kind.SECRET, Text.of("App id, or API key", "AppID 或 API Key"))
            .hint(Text.of(
                    "Cloud keys: app id|secret id|secret key, or secret id|secret key. Hunyuan console: the API key sk-… alone.",
                    "云密钥：AppID|SecretId|SecretKey，或 SecretId|SecretKey。混元控制台：单独填写 API Key（sk-…）。"))
            .required()
            .build();

    private static final ConfigField SECOND_FIELD = ConfigField.builder(
                    SECOND, ConfigField.Kind.SECRET, Text.of("Secret id", "SecretId"))
            .build();

    private static final ConfigField THIRD_FIELD = ConfigField.builder(
                    THIRD, ConfigField.Kind.SECRET, Text.of("Secret key", "SecretKey"))
            .build();

    /** A cloud with an origin in it. Drawn for this project. */
    private static final String LOGO = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" role="img" aria-label="Hunyuan" fill="none" \
            stroke="#1676f3" stroke-width="2" stroke-linecap="round"><path d="M7 18a4 4 0 0 1-.5-8A6 6 0 0 1 18 9a4.5 4.5 0 \
            0 1 0 9z"/><circle cx="12" cy="13" r="1.5"/></svg>""";

    static final ChannelDescriptor INSTANCE = ChannelDescriptor.builder("hunyuan", Text.of("Tencent Hunyuan", "腾讯混元"))
            .description(Text.of(
                    "Hunyuan by Tencent. A pair of cloud keys speaks the signed cloud API, or the older signed one where the"
                            + " endpoint is https://hunyuan.cloud.tencent.com; an API key sk-… speaks OpenAI's dialect.",
                    "腾讯混元。云密钥使用签名的云 API；接入点为 https://hunyuan.cloud.tencent.com 时使用旧签名接口；API Key（sk-…）使用 OpenAI 兼容接口。"))
            .defaultEndpoint("https://" + Hunyuan.CLOUD_HOST)
            .host(Hunyuan.OPEN_HOST)
            .secretPart(FIRST_FIELD)
            .secretPart(SECOND_FIELD)
            .secretPart(THIRD_FIELD)
            .templateModels(
                    "hunyuan",
                    "hunyuan-turbos-latest",
                    "hunyuan-t1-latest",
                    "hunyuan-a13b",
                    "hunyuan-lite",
                    "hunyuan-standard",
                    "hunyuan-standard-256K",
                    "hunyuan-large",
                    "hunyuan-functioncall",
                    "hunyuan-code",
                    "hunyuan-role-latest",
                    "hunyuan-translation",
                    "hunyuan-vision",
                    "hunyuan-turbos-vision",
                    "hunyuan-t1-vision")
            // The signed APIs' losses; the surface in OpenAI's dialect takes the fields as they are.
            .unmapped(
                    "max_tokens",
                    "max_completion_tokens",
                    "top_k",
                    "n",
                    "seed",
                    "stop",
                    "presence_penalty",
                    "frequency_penalty",
                    "repetition_penalty",
                    "logit_bias",
                    "logprobs",
                    "top_logprobs",
                    "user",
                    "metadata",
                    "service_tier",
                    "response_format",
                    "reasoning_effort",
                    "tools",
                    "tool_choice",
                    "parallel_tool_calls",
                    "messages.image_url")
            .logo(LOGO)
            .build();

    private HunyuanDescriptor() {}
}
