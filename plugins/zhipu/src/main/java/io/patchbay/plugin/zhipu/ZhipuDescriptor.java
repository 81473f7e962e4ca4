package io.patchbay.plugin.zhipu;

import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.Text;
import io.patchbay.spi.config.ConfigField;

/** What the console shows of this channel type. */
final class ZhipuDescriptor {
    static final String KEY = "key";
    static final String CREDENTIAL = "credential";
    static final String TOKEN = "jwt";

    private static final ConfigField KEY_FIELD = ConfigField.builder(
                    KEY, ConfigField.Kind.SECRET, Text.of("API key", "API Key"))
            .hint(Text.of("One key per line, of the form id.secret", "每行一个密钥，形如 id.secret"))
            .required()
            .build();

    private static final ConfigField CREDENTIAL_FIELD = ConfigField.builder(
                    CREDENTIAL, ConfigField.Kind.CHOICE, Text.of("What is sent", "发送方式"))
            .choices("key", TOKEN)
            .fallback("key")
            .hint(Text.of(
                    "key: the key itself. jwt: a token of one hour signed with it, so that the key never leaves this server.",
                    "key：直接发送密钥。jwt：发送由密钥签名、一小时有效的令牌，密钥本身不会离开本服务器。"))
            .build();

    /** A knot of two rings. Drawn for this project. */
    private static final String LOGO = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" role="img" aria-label="GLM" fill="none" \
            stroke="#3859ff" stroke-width="2"><circle cx="9" cy="12" r="6"/><circle cx="15" cy="12" r="6"/>\
            <path d="M12 3v3M12 18v3" stroke-linecap="round"/></svg>""";

    static final ChannelDescriptor INSTANCE = ChannelDescriptor.builder(
                    "chatglm", Text.of("Zhipu ChatGLM", "智谱 ChatGLM"))
            .description(Text.of(
                    "Zhipu's GLM and CogView models. Also Z.ai (https://api.z.ai) and the coding plans"
                            + " (…/api/coding/paas/v4): point the endpoint at them.",
                    "智谱 GLM 与 CogView 模型。也可将接入点指向 Z.ai（https://api.z.ai）或编程套餐（…/api/coding/paas/v4）。"))
            .defaultEndpoint("https://open.bigmodel.cn")
            .secretPart(KEY_FIELD)
            .option(CREDENTIAL_FIELD)
            .templateModels(
                    "glm-4.7",
                    "glm-4.6",
                    "glm-4.5",
                    "glm-4.5-x",
                    "glm-4.5-air",
                    "glm-4.5-airx",
                    "glm-4.5-flash",
                    "glm-4.6v",
                    "glm-4.6v-flash",
                    "glm-4.5v",
                    "glm-4.1v-thinking-flash",
                    "glm-4-plus",
                    "glm-4",
                    "glm-4-air-250414",
                    "glm-4-long",
                    "glm-4-flash-250414",
                    "glm-4v",
                    "glm-4v-plus-0111",
                    "glm-4v-flash",
                    "glm-3-turbo",
                    "glm-z1-air",
                    "glm-z1-flash",
                    "codegeex-4",
                    "charglm-3",
                    "cogview-4-250304",
                    "cogview-4",
                    "cogview-3-flash",
                    "embedding-3",
                    "embedding-2")
            .unmapped(
                    "n",
                    "seed",
                    "logit_bias",
                    "logprobs",
                    "top_logprobs",
                    "presence_penalty",
                    "frequency_penalty",
                    "tool_choice")
            .logo(LOGO)
            .build();

    private ZhipuDescriptor() {}
}
