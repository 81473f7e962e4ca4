package io.patchbay.plugin.openai;

import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.Text;
import io.patchbay.spi.config.ConfigField;

/** What the console shows of this channel type. */
final class OpenAiDescriptor {
    static final String KEY = "key";
    static final String ORGANIZATION = "organization";
    static final String PROJECT = "project";
    static final String STRICT_PARAMETERS = "strictParameters";
    static final String VIDEO_MODELS = "videoModels";
    static final String VIDEOS_AS_JSON = "videosAsJson";

    private static final ConfigField KEY_FIELD = ConfigField.builder(
                    KEY, ConfigField.Kind.SECRET, Text.of("API key", "API 密钥"))
            .hint(Text.of("One key per line, for example sk-…", "每行一个密钥，例如 sk-…"))
            .required()
            .build();

    private static final ConfigField ORGANIZATION_FIELD = ConfigField.builder(
                    ORGANIZATION, ConfigField.Kind.TEXT, Text.of("Organization", "组织"))
            .hint(Text.of(
                    "Sent as OpenAI-Organization when set; only for keys that belong to several organizations.",
                    "设置后作为 OpenAI-Organization 发送；仅当密钥属于多个组织时需要。"))
            .build();

    private static final ConfigField PROJECT_FIELD = ConfigField.builder(
                    PROJECT, ConfigField.Kind.TEXT, Text.of("Project", "项目"))
            .hint(Text.of("Sent as OpenAI-Project when set.", "设置后作为 OpenAI-Project 发送。"))
            .build();

    private static final ConfigField STRICT_FIELD = ConfigField.builder(
                    STRICT_PARAMETERS, ConfigField.Kind.FLAG, Text.of("Adapt parameters", "适配参数"))
            .hint(Text.of(
                    "Leaves out or renames what OpenAI's models refuse, such as temperature for reasoning models. Switch it"
                            + " off for servers that use the same model names but take more.",
                    "删除或改名 OpenAI 模型拒绝的参数，例如推理模型的 temperature。若服务器使用相同的模型名但接受更多参数，请关闭。"))
            .fallback("true")
            .build();

    private static final ConfigField VIDEO_MODELS_FIELD = ConfigField.builder(
                    VIDEO_MODELS, ConfigField.Kind.TEXT, Text.of("Video models", "视频模型"))
            .hint(Text.of(
                    "Models besides sora that the server makes videos with, separated by commas, a star for any ending:"
                            + " veo-3.1, kling-*",
                    "除 sora 外由该服务器生成视频的模型，以逗号分隔，星号代表任意结尾：veo-3.1, kling-*"))
            .build();

    private static final ConfigField VIDEOS_AS_JSON_FIELD = ConfigField.builder(
                    VIDEOS_AS_JSON, ConfigField.Kind.FLAG, Text.of("Videos as JSON", "视频请求使用 JSON"))
            .hint(Text.of(
                    "Orders videos by JSON instead of a form, for servers that read no forms.",
                    "以 JSON 而非表单提交视频请求，适用于不读取表单的服务器。"))
            .fallback("false")
            .build();

    /** Two arcs around a point: a socket with a plug in it. Drawn for this project. */
    private static final String LOGO = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" role="img" aria-label="OpenAI API" fill="none" \
            stroke="#1f8a70" stroke-width="2" stroke-linecap="round"><path d="M5 17a9 9 0 0 1 0-10"/>\
            <path d="M19 7a9 9 0 0 1 0 10"/><path d="M9 12h6"/><circle cx="12" cy="12" r="5"/></svg>""";

    static final ChannelDescriptor INSTANCE = ChannelDescriptor.builder("openai", Text.of("OpenAI", "OpenAI"))
            .description(Text.of(
                    "OpenAI's own API, and servers that speak it: point the endpoint at them, for example"
                            + " https://api.groq.com/openai or https://api.moonshot.cn.",
                    "OpenAI 官方接口以及兼容的服务：将接入点指向它们即可，例如 https://api.groq.com/openai 或 https://api.moonshot.cn。"))
            .defaultEndpoint("https://api.openai.com")
            .secretPart(KEY_FIELD)
            .option(ORGANIZATION_FIELD)
            .option(PROJECT_FIELD)
            .option(STRICT_FIELD)
            .option(VIDEO_MODELS_FIELD)
            .option(VIDEOS_AS_JSON_FIELD)
            .templateModels(
                    "gpt-5.6-sol",
                    "gpt-5.6-terra",
                    "gpt-5.6-luna",
                    "gpt-5.5",
                    "gpt-5.5-pro",
                    "gpt-5.3-codex",
                    "gpt-5.4",
                    "gpt-5.4-mini",
                    "gpt-5.4-nano",
                    "gpt-5.3-chat-latest",
                    "gpt-5.2",
                    "gpt-5.1",
                    "gpt-5",
                    "gpt-5-mini",
                    "gpt-5-nano",
                    "gpt-4.1",
                    "gpt-4.1-mini",
                    "gpt-4.1-nano",
                    "gpt-4o",
                    "gpt-4o-mini",
                    "gpt-4o-audio-preview",
                    "gpt-4o-search-preview",
                    "o3",
                    "o3-mini",
                    "o4-mini",
                    "o1",
                    "gpt-4-turbo",
                    "gpt-4",
                    "gpt-3.5-turbo",
                    "gpt-3.5-turbo-instruct",
                    "gpt-image-2",
                    "gpt-image-1.5",
                    "gpt-image-1",
                    "gpt-image-1-mini",
                    "chatgpt-image-latest",
                    "dall-e-3",
                    "dall-e-2",
                    "text-embedding-3-small",
                    "text-embedding-3-large",
                    "text-embedding-ada-002",
                    "gpt-4o-mini-tts",
                    "tts-1",
                    "tts-1-hd",
                    "gpt-transcribe",
                    "gpt-4o-transcribe",
                    "gpt-4o-mini-transcribe",
                    "gpt-4o-transcribe-diarize",
                    "whisper-1",
                    "omni-moderation-latest",
                    "sora-2",
                    "sora-2-pro")
            // Which of them depends on the model: reasoning models refuse sampling, OpenAI itself refuses foreign
            // fields.
            .unmapped(
                    "temperature",
                    "top_p",
                    "top_k",
                    "stop",
                    "presence_penalty",
                    "frequency_penalty",
                    "repetition_penalty",
                    "logit_bias",
                    "logprobs",
                    "top_logprobs")
            .logo(LOGO)
            .build();

    private OpenAiDescriptor() {}
}
