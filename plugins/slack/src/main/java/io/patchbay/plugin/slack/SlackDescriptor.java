package io.patchbay.plugin.slack;

import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.Text;
import io.patchbay.spi.config.ConfigField;

/** What the console shows of this channel type. */
final class SlackDescriptor {
    static final String BOT = "botId";
    static final String TOKEN = "token";
    static final String CHANNEL_NAME = "channelName";
    static final String ADDRESS = "https://slack.com/api";

    private static final ConfigField BOT_FIELD = ConfigField.builder(
                    BOT, ConfigField.Kind.TEXT, Text.of("User id of the app", "应用的用户 ID"))
            .hint(Text.of("The Claude app's user id in the workspace, U…", "Claude 应用在工作区中的用户 ID，U…"))
            .required()
            .build();

    private static final ConfigField TOKEN_FIELD = ConfigField.builder(
                    TOKEN, ConfigField.Kind.SECRET, Text.of("User token", "用户令牌"))
            .hint(Text.of(
                    "xoxp-…, with channels:read, groups:read, channels:manage, channels:history, groups:history and"
                            + " chat:write",
                    "xoxp-…，需要 channels:read、groups:read、channels:manage、channels:history、groups:history 与 chat:write"))
            .required()
            .build();

    private static final ConfigField CHANNEL_FIELD = ConfigField.builder(
                    CHANNEL_NAME, ConfigField.Kind.TEXT, Text.of("Slack channel", "Slack 频道"))
            .hint(Text.of(
                    "Where the questions are posted; made when missing. A name in place of the endpoint counts first.",
                    "提问所在的频道，不存在时自动创建；若接入点处填写的是频道名则以其为准。"))
            .fallback("claude")
            .build();

    /** Two crossing pairs of lines with a point in the middle. Drawn for this project. */
    private static final String LOGO = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" role="img" aria-label="Slack" fill="none" \
            stroke="#7a3e8e" stroke-width="2" stroke-linecap="round"><path d="M9 4l-2 16M17 4l-2 16M4 9h16M4 15h16"/>\
            <circle cx="12" cy="12" r="1"/></svg>""";

    static final ChannelDescriptor INSTANCE = ChannelDescriptor.builder(
                    "slack", Text.of("Claude in Slack", "Slack 中的 Claude"))
            .description(Text.of(
                    "Asks the Claude app of a Slack workspace by messages and waits for its replies. Slow, rate limited"
                            + " and against the spirit of both vendors' terms; free workspaces no longer work.",
                    "通过消息向 Slack 工作区中的 Claude 应用提问并等待回复。速度慢、受频率限制，且不符合两家服务条款的精神；免费工作区已不可用。"))
            .defaultEndpoint(ADDRESS)
            .host("slack.com")
            .secretPart(BOT_FIELD)
            .secretPart(TOKEN_FIELD)
            .option(CHANNEL_FIELD)
            .templateModels("claude-slack")
            // A message has no settings.
            .unmapped(("temperature top_p top_k max_tokens max_completion_tokens stop seed n presence_penalty"
                            + " frequency_penalty repetition_penalty logit_bias logprobs top_logprobs user metadata"
                            + " service_tier response_format reasoning_effort tools tool_choice parallel_tool_calls"
                            + " messages.image_url messages.input_audio messages.file")
                    .split(" "))
            .logo(LOGO)
            .build();

    private SlackDescriptor() {}
}
