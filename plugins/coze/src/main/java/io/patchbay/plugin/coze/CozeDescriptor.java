package io.patchbay.plugin.coze;

import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.Text;
import io.patchbay.spi.config.ConfigField;

/** What the console shows of this channel type. */
final class CozeDescriptor {
    static final String KEY = "key";
    static final String POLLING = "polling";
    static final String INPUT_NAME = "inputName";
    static final String APP_ID = "appId";

    private static final ConfigField KEY_FIELD = ConfigField.builder(
                    KEY, ConfigField.Kind.SECRET, Text.of("Access token", "访问令牌"))
            .hint(Text.of(
                    "A token with the permission to chat, for example pat_…; one per line.",
                    "具有对话权限的令牌，例如 pat_…；每行一个。"))
            .required()
            .build();

    private static final ConfigField POLLING_FIELD = ConfigField.builder(
                    POLLING, ConfigField.Kind.FLAG, Text.of("Poll instead of streaming", "轮询代替流式"))
            .hint(Text.of(
                    "Only where a proxy before Coze holds streams back: bots are then asked for their answer again and"
                            + " again.",
                    "仅当 Coze 前的代理无法传递流时使用：反复查询智能体的回答。"))
            .fallback("false")
            .build();

    private static final ConfigField INPUT_NAME_FIELD = ConfigField.builder(
                    INPUT_NAME, ConfigField.Kind.TEXT, Text.of("Workflow input", "工作流输入"))
            .hint(Text.of("The parameter of a workflow that takes the text.", "工作流中接收文本的参数名。"))
            .fallback("input")
            .build();

    private static final ConfigField APP_ID_FIELD = ConfigField.builder(
                    APP_ID, ConfigField.Kind.TEXT, Text.of("App id", "应用 ID"))
            .hint(Text.of(
                    "The app that workflows and chatflows belong to, where they belong to one.", "工作流与对话流所属的应用（如有）。"))
            .build();

    /** A bubble with two eyes. Drawn for this project. */
    private static final String LOGO = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" role="img" aria-label="Coze" fill="none" \
            stroke="#5147d1" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">\
            <path d="M4 12a8 8 0 1 1 4 6.9L4 20l1.1-4A8 8 0 0 1 4 12z"/><path d="M9.5 11v2M14.5 11v2"/></svg>""";

    static final ChannelDescriptor INSTANCE = ChannelDescriptor.builder("coze", Text.of("Coze", "扣子 Coze"))
            .description(Text.of(
                    "Bots of Coze; the model's name is the bot's id. chatflow-<id> and workflow-<id> name chatflows and"
                            + " workflows.",
                    "扣子智能体，模型名即智能体 ID；chatflow-<id> 与 workflow-<id> 分别表示对话流和工作流。"))
            .defaultEndpoint("https://api.coze.cn")
            .secretPart(KEY_FIELD)
            .option(POLLING_FIELD)
            .option(INPUT_NAME_FIELD)
            .option(APP_ID_FIELD)
            .templateModels("coze-bot-id")
            // The bot's own settings decide all of this; metadata and pictures reach bots and chatflows, not workflows.
            .unmapped(("temperature top_p top_k max_tokens max_completion_tokens stop seed n presence_penalty"
                            + " frequency_penalty repetition_penalty logit_bias logprobs top_logprobs user metadata"
                            + " service_tier response_format reasoning_effort tools tool_choice parallel_tool_calls"
                            + " messages.image_url messages.input_audio messages.file messages")
                    .split(" "))
            .logo(LOGO)
            .build();

    private CozeDescriptor() {}
}
