package io.patchbay.plugin.ernie;

import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.Text;
import io.patchbay.spi.config.ConfigField;

/** What the console shows of this channel type. */
final class ErnieDescriptor {
    static final String API_KEY = "api_key";
    static final String SECRET_KEY = "secret_key";
    static final String APP_ID = "appid";

    private static final ConfigField API_KEY_FIELD = ConfigField.builder(
                    API_KEY, ConfigField.Kind.SECRET, Text.of("API key", "API Key"))
            .hint(
                    Text.of(
                            "Current API: one key such as bce-v3/ALTAK-…, or access key|secret key of the cloud account. Old API"
                                    + " (aip.baidubce.com): API key|secret key of the application.",
                            "新版接口：形如 bce-v3/ALTAK-… 的单个密钥，或云账号的 Access Key|Secret Key。旧版接口（aip.baidubce.com）：应用的 API Key|Secret Key。"))
            .required()
            .build();

    private static final ConfigField SECRET_KEY_FIELD = ConfigField.builder(
                    SECRET_KEY, ConfigField.Kind.SECRET, Text.of("Secret key", "Secret Key"))
            .hint(Text.of("Only beside an API key or access key.", "仅与 API Key 或 Access Key 配对时需要。"))
            .build();

    private static final ConfigField APP_ID_FIELD = ConfigField.builder(
                    APP_ID, ConfigField.Kind.TEXT, Text.of("Application id", "应用 ID"))
            .hint(Text.of("Sent as appid when set, for example app-…", "设置后作为 appid 发送，例如 app-…"))
            .build();

    /** Two leaves on a stem. Drawn for this project. */
    private static final String LOGO = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" role="img" aria-label="ERNIE" fill="none" \
            stroke="#2f6fd0" stroke-width="2" stroke-linecap="round"><path d="M12 21V9"/>\
            <path d="M12 14C7 14 5 11 5 6c5 0 7 3 7 8z"/><path d="M12 11c0-4 2-7 7-8 0 5-2 8-7 8z"/></svg>""";

    static final ChannelDescriptor INSTANCE = ChannelDescriptor.builder("ernie", Text.of("Baidu ERNIE", "百度文心"))
            .description(Text.of(
                    "ERNIE and others through Baidu Qianfan. The endpoint decides which API is spoken: qianfan.baidubce.com"
                            + " the current one, aip.baidubce.com the old one with access tokens.",
                    "通过百度千帆使用文心等模型。由接入点决定接口版本：qianfan.baidubce.com 为新版，aip.baidubce.com 为使用 access token 的旧版。"))
            .defaultEndpoint("https://qianfan.baidubce.com")
            .host(Qianfan.TOKEN_HOST)
            .secretPart(API_KEY_FIELD)
            .secretPart(SECRET_KEY_FIELD)
            .option(APP_ID_FIELD)
            .templateModels(
                    "ernie-5.1",
                    "ernie-5.0",
                    "ernie-4.5-turbo-128k",
                    "ernie-4.5-turbo-32k",
                    "ernie-4.5-turbo-vl",
                    "ernie-x1.1",
                    "ernie-x1-turbo-32k",
                    "ernie-4.0-8k",
                    "ernie-4.0-turbo-8k",
                    "ernie-3.5-8k",
                    "ernie-speed-128k",
                    "ernie-lite-8k",
                    "ernie-tiny-8k",
                    "deepseek-v3",
                    "deepseek-r1",
                    "embedding-v1",
                    "bge_large_zh",
                    "bge_large_en",
                    "tao_8k")
            // The old API's losses: the current one takes OpenAI's fields as they are.
            .unmapped(
                    "top_k",
                    "seed",
                    "n",
                    "logit_bias",
                    "logprobs",
                    "top_logprobs",
                    "metadata",
                    "service_tier",
                    "reasoning_effort",
                    "tool_choice",
                    "parallel_tool_calls",
                    "messages.image_url")
            .logo(LOGO)
            .build();

    private ErnieDescriptor() {}
}
