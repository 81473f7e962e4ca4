package io.patchbay.plugin.dify;

import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.Text;
import io.patchbay.spi.config.ConfigField;

/** What the console shows of this channel type. */
final class DifyDescriptor {
    static final String KEY = "key";
    static final String APP_TYPE = "appType";
    static final String RESPONSE_MODE = "responseMode";
    static final String INPUT_NAME = "inputName";

    private static final ConfigField KEY_FIELD = ConfigField.builder(
                    KEY, ConfigField.Kind.SECRET, Text.of("API key of the app", "应用的 API 密钥"))
            .hint(Text.of("The key selects the app, for example app-…", "密钥决定使用哪个应用，例如 app-…"))
            .required()
            .build();

    private static final ConfigField APP_TYPE_FIELD = ConfigField.builder(
                    APP_TYPE, ConfigField.Kind.CHOICE, Text.of("Kind of app", "应用类型"))
            .hint(Text.of(
                    "chat: chatbots, agents and chatflows; completion: text generation; workflow: workflows.",
                    "chat：聊天助手、Agent 与 Chatflow；completion：文本生成；workflow：工作流。"))
            .choices("chat", "completion", "workflow")
            .fallback("chat")
            .build();

    private static final ConfigField RESPONSE_MODE_FIELD = ConfigField.builder(
                    RESPONSE_MODE, ConfigField.Kind.CHOICE, Text.of("Response mode", "响应模式"))
            .hint(Text.of(
                    "blocking only where a proxy before Dify holds streams back; agents refuse it.",
                    "仅当 Dify 前的代理无法传递流时使用 blocking；Agent 应用不支持。"))
            .choices("streaming", "blocking")
            .fallback("streaming")
            .build();

    private static final ConfigField INPUT_NAME_FIELD = ConfigField.builder(
                    INPUT_NAME, ConfigField.Kind.TEXT, Text.of("Input variable", "输入变量"))
            .hint(Text.of(
                    "The variable of a completion or workflow app that takes the text.",
                    "completion 或 workflow 应用中接收文本的变量名。"))
            .fallback("query")
            .build();

    /** Two boxes of a flow and the way between them. Drawn for this project. */
    private static final String LOGO = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" role="img" aria-label="Dify" fill="none" \
            stroke="#2b5fd9" stroke-width="2" stroke-linejoin="round"><rect x="3" y="3" width="8" height="8" rx="2"/>\
            <rect x="13" y="13" width="8" height="8" rx="2"/><path d="M7 11v4a2 2 0 0 0 2 2h4"/></svg>""";

    static final ChannelDescriptor INSTANCE = ChannelDescriptor.builder("dify", Text.of("Dify", "Dify"))
            .description(Text.of(
                    "Chatbots, agents, chatflows and workflows made with Dify, in its cloud or on a server of your own."
                            + " The model's name is only a label.",
                    "用 Dify 构建的聊天助手、Agent、Chatflow 与工作流，支持云端和自建服务。模型名仅作标签。"))
            .defaultEndpoint("https://api.dify.ai/v1")
            .secretPart(KEY_FIELD)
            .option(APP_TYPE_FIELD)
            .option(RESPONSE_MODE_FIELD)
            .option(INPUT_NAME_FIELD)
            .templateModels("dify")
            // The app's own settings decide all of this.
            .unmapped(("temperature top_p top_k max_tokens max_completion_tokens stop seed n presence_penalty"
                            + " frequency_penalty repetition_penalty logit_bias logprobs top_logprobs user metadata"
                            + " service_tier response_format reasoning_effort tools tool_choice parallel_tool_calls"
                            + " messages.input_audio messages.file")
                    .split(" "))
            .logo(LOGO)
            .build();

    private DifyDescriptor() {}
}
