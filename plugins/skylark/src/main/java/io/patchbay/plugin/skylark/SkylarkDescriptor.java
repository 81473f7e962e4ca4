package io.patchbay.plugin.skylark;

import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.Text;
import io.patchbay.spi.config.ConfigField;

/** What the console shows of this channel type. */
final class SkylarkDescriptor {
    static final String KEY = "key";
    static final String SECRET_KEY = "secret_key";

    private static final ConfigField KEY_FIELD = ConfigField.builder(
                    KEY, ConfigField.Kind.SECRET, Text.of("API key, or access key", "API Key 或 Access Key"))
            .hint(Text.of(
                    "Ark: the API key alone. Old model service (maas-api…): access key|secret key.",
                    "方舟：单独填写 API Key。旧版模型服务（maas-api…）：Access Key|Secret Key。"))
            .required()
            .build();

    private static final ConfigField SECRET_KEY_FIELD = ConfigField.builder(
                    SECRET_KEY, ConfigField.Kind.SECRET, Text.of("Secret key", "Secret Key"))
            .hint(Text.of("Only beside an access key.", "仅与 Access Key 配对时需要。"))
            .build();

    /** A bird's wing over a line. Drawn for this project. */
    private static final String LOGO = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" role="img" aria-label="Skylark" fill="none" \
            stroke="#1d7dfa" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">\
            <path d="M3 13c5 0 8-3 9-9 2 5 5 7 9 7-3 1-4 3-5 6-4 1-9 0-13-4z"/><path d="M4 21h16"/></svg>""";

    static final ChannelDescriptor INSTANCE = ChannelDescriptor.builder(
                    "skylark", Text.of("Volcengine Ark (Skylark, Doubao)", "火山方舟（云雀、豆包）"))
            .description(Text.of(
                    "Doubao, Seedream and others through Volcengine Ark. A model is a model id or the id of an endpoint"
                            + " (ep-…), for which a redirect in the channel gives a nicer name.",
                    "通过火山方舟使用豆包、Seedream 等模型。模型可填模型 ID 或推理接入点 ID（ep-…），可在渠道中用重定向起更好的名字。"))
            .defaultEndpoint("https://ark.cn-beijing.volces.com/api/v3")
            .secretPart(KEY_FIELD)
            .secretPart(SECRET_KEY_FIELD)
            .templateModels(
                    "doubao-seed-2-0-pro-260215",
                    "doubao-seed-1-6-250615",
                    "doubao-seed-1-6-flash-250615",
                    "doubao-seed-1-6-thinking-250615",
                    "doubao-seed-1-6-vision-250815",
                    "doubao-1-5-pro-32k-250115",
                    "doubao-1-5-lite-32k-250115",
                    "doubao-1-5-vision-pro-32k-250115",
                    "doubao-1-5-thinking-pro-250415",
                    "skylark-lite-public",
                    "skylark-plus-public",
                    "skylark-pro-public",
                    "skylark-chat",
                    "doubao-seedream-4-0-250828",
                    "doubao-seedream-3-0-t2i-250415",
                    "doubao-seededit-3-0-i2i-250628",
                    "doubao-embedding-text-240715",
                    "doubao-embedding-large-text-240915")
            .unmapped(
                    "n",
                    "seed",
                    "user",
                    "stop",
                    "logit_bias",
                    "logprobs",
                    "top_logprobs",
                    "metadata",
                    "service_tier",
                    "response_format",
                    "reasoning_effort",
                    "tool_choice",
                    "parallel_tool_calls",
                    "messages.image_url")
            .logo(LOGO)
            .build();

    private SkylarkDescriptor() {}
}
