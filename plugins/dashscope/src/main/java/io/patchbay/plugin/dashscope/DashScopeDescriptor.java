package io.patchbay.plugin.dashscope;

import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.Text;
import io.patchbay.spi.config.ConfigField;

/** What the console shows of this channel type. */
final class DashScopeDescriptor {
    static final String KEY = "key";
    static final String WORKSPACE = "workspace";

    private static final ConfigField KEY_FIELD = ConfigField.builder(
                    KEY, ConfigField.Kind.SECRET, Text.of("API key", "API Key"))
            .hint(Text.of("One key per line, sk-…; a key belongs to one region.", "每行一个密钥，形如 sk-…；密钥只属于一个地域。"))
            .required()
            .build();

    private static final ConfigField WORKSPACE_FIELD = ConfigField.builder(
                    WORKSPACE, ConfigField.Kind.TEXT, Text.of("Workspace", "业务空间"))
            .hint(Text.of("Sent as X-DashScope-WorkSpace when set.", "设置后作为 X-DashScope-WorkSpace 发送。"))
            .build();

    /** Two waves in a ring. Drawn for this project. */
    private static final String LOGO = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" role="img" aria-label="DashScope" fill="none" \
            stroke="#6a4dff" stroke-width="2" stroke-linecap="round"><circle cx="12" cy="12" r="9"/>\
            <path d="M6 10c2-3 4-3 6 0s4 3 6 0"/><path d="M6 15c2-3 4-3 6 0s4 3 6 0"/></svg>""";

    static final ChannelDescriptor INSTANCE = ChannelDescriptor.builder("qwen", Text.of("Qwen (DashScope)", "通义千问"))
            .description(
                    Text.of(
                            "Alibaba's Qwen and Wan models in DashScope's native API. Other regions: dashscope-intl.aliyuncs.com,"
                                    + " dashscope-us.aliyuncs.com. A model name that ends in -net searches the web.",
                            "通过 DashScope 原生接口使用通义千问与万相模型。其他地域：dashscope-intl.aliyuncs.com、dashscope-us.aliyuncs.com。模型名以 -net 结尾时联网搜索。"))
            .defaultEndpoint("https://dashscope.aliyuncs.com")
            .secretPart(KEY_FIELD)
            .option(WORKSPACE_FIELD)
            .templateModels(
                    "qwen-plus",
                    "qwen-turbo",
                    "qwen-flash",
                    "qwen-max",
                    "qwen-long",
                    "qwen-plus-net",
                    "qwen-turbo-net",
                    "qwen3-max",
                    "qwen3.5-plus",
                    "qwen3.5-flash",
                    "qwen3-235b-a22b",
                    "qwen3-32b",
                    "qwen3-coder-plus",
                    "qwen3-coder-flash",
                    "qwq-plus",
                    "qvq-max",
                    "qwen-vl-max",
                    "qwen-vl-plus",
                    "qwen3-vl-plus",
                    "qwen3-vl-flash",
                    "qwen-vl-ocr",
                    "qwen3-omni-flash",
                    "deepseek-v3",
                    "deepseek-r1",
                    "qwen-image",
                    "qwen-image-plus",
                    "qwen-image-edit",
                    "wan2.6-t2i",
                    "wan2.6-image",
                    "wan2.5-t2i-preview",
                    "wan2.2-t2i-flash",
                    "wan2.2-t2i-plus",
                    "wanx2.1-t2i-turbo",
                    "wanx-v1",
                    "wan2.5-t2v-preview",
                    "wan2.5-i2v-preview",
                    "wan2.2-t2v-plus",
                    "wan2.2-i2v-flash",
                    "text-embedding-v4",
                    "text-embedding-v3")
            .unmapped(
                    "n",
                    "frequency_penalty",
                    "logit_bias",
                    "user",
                    "metadata",
                    "service_tier",
                    "tool_choice",
                    "messages.image_url")
            .logo(LOGO)
            .build();

    private DashScopeDescriptor() {}
}
