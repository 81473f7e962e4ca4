package io.patchbay.plugin.anthropic;

import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.Text;
import io.patchbay.spi.config.ConfigField;

/** What the console shows of this channel type. */
final class AnthropicDescriptor {
    static final String KEY = "key";
    static final String KEY_HEADER = "keyHeader";
    static final String BETAS = "betas";
    static final String MAX_TOKENS = "maxTokens";
    static final String BEARER = "authorization";

    private static final ConfigField KEY_FIELD = ConfigField.builder(
                    KEY, ConfigField.Kind.SECRET, Text.of("API key", "API 密钥"))
            .hint(Text.of("One key per line, for example sk-ant-…", "每行一个密钥，例如 sk-ant-…"))
            .required()
            .build();

    private static final ConfigField KEY_HEADER_FIELD = ConfigField.builder(
                    KEY_HEADER, ConfigField.Kind.CHOICE, Text.of("Header of the key", "密钥所在的请求头"))
            .hint(Text.of(
                    "x-api-key for keys of the console; authorization for tokens of gateways, sent as Bearer.",
                    "控制台密钥使用 x-api-key；网关令牌使用 authorization，以 Bearer 形式发送。"))
            .choices("x-api-key", BEARER)
            .fallback("x-api-key")
            .build();

    private static final ConfigField BETAS_FIELD = ConfigField.builder(
                    BETAS, ConfigField.Kind.TEXT, Text.of("Beta features", "Beta 功能"))
            .hint(Text.of(
                    "Sent as anthropic-beta, separated by commas. Leave it empty for other servers than Anthropic's.",
                    "作为 anthropic-beta 发送，以逗号分隔。非 Anthropic 官方服务器请留空。"))
            .build();

    private static final ConfigField MAX_TOKENS_FIELD = ConfigField.builder(
                    MAX_TOKENS, ConfigField.Kind.NUMBER, Text.of("Default max tokens", "默认最大令牌数"))
            .hint(Text.of(
                    "The bound of an answer when the client names none. Empty: 2500 to 32000, by model.",
                    "客户端未指定时回答的上限。留空：按模型取 2500 至 32000。"))
            .build();

    /** Rays around a point, drawn for this project. */
    private static final String LOGO = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" role="img" aria-label="Claude API" fill="none" \
            stroke="#c2603d" stroke-width="2" stroke-linecap="round"><circle cx="12" cy="12" r="3"/>\
            <path d="M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.1 2.1M16.3 16.3l2.1 2.1"/></svg>""";

    static final ChannelDescriptor INSTANCE = ChannelDescriptor.builder("claude", Text.of("Claude", "Claude"))
            .description(Text.of(
                    "Anthropic's own API, and servers that speak it: point the endpoint at them, for example"
                            + " https://api.deepseek.com/anthropic.",
                    "Anthropic 官方接口以及兼容的服务：将接入点指向它们即可，例如 https://api.deepseek.com/anthropic。"))
            .defaultEndpoint("https://api.anthropic.com")
            .secretPart(KEY_FIELD)
            .option(KEY_HEADER_FIELD)
            .option(BETAS_FIELD)
            .option(MAX_TOKENS_FIELD)
            .templateModels(
                    "claude-opus-5-5",
                    "claude-sonnet-5-5",
                    "claude-haiku-5-5",
                    "claude-fable-5-1",
                    "claude-opus-5",
                    "claude-sonnet-5",
                    "claude-fable-5",
                    "claude-mythos-5",
                    "claude-opus-4-8",
                    "claude-opus-4-7",
                    "claude-opus-4-6",
                    "claude-sonnet-4-6",
                    "claude-opus-4-5",
                    "claude-sonnet-4-5",
                    "claude-haiku-4-5",
                    "claude-3-opus-20240229",
                    "claude-3-sonnet-20240229",
                    "claude-3-haiku-20240307",
                    "claude-2.1",
                    "claude-2",
                    "claude-instant-1.2")
            // Which of them depends on the model: newer ones refuse sampling and demanded calls, older ones do not
            // think.
            .unmapped(
                    "temperature",
                    "top_p",
                    "top_k",
                    "stop",
                    "tool_choice",
                    "reasoning_effort",
                    "thinking",
                    "n",
                    "seed",
                    "presence_penalty",
                    "frequency_penalty",
                    "repetition_penalty",
                    "logit_bias",
                    "logprobs",
                    "top_logprobs",
                    "metadata",
                    "service_tier")
            .logo(LOGO)
            .build();

    private AnthropicDescriptor() {}
}
