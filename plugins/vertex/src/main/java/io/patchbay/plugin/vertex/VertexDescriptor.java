package io.patchbay.plugin.vertex;

import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.Text;
import io.patchbay.spi.config.ConfigField;
import io.patchbay.toolkit.google.GoogleChat;

/** What the console shows of this channel type. */
final class VertexDescriptor {
    static final String ACCOUNT = "account";
    static final String REGION = "region";
    static final String PROJECT = "project";
    static final String GLOBAL = "global";

    private static final ConfigField ACCOUNT_FIELD = ConfigField.builder(
                    ACCOUNT, ConfigField.Kind.SECRET, Text.of("Service account key", "服务账号密钥"))
            .hint(Text.of(
                    "The JSON key of a service account, on one line as it is or in base64; one account per line.",
                    "服务账号密钥的 JSON 文件，单行原文或 base64；每行一个账号。"))
            .required()
            .build();

    private static final ConfigField REGION_FIELD = ConfigField.builder(
                    REGION, ConfigField.Kind.TEXT, Text.of("Region", "区域"))
            .hint(Text.of(
                    "global, us, eu, or a region such as us-central1. Preview models are served in global only.",
                    "global、us、eu 或具体区域，例如 us-central1。预览模型仅在 global 提供。"))
            .fallback(GLOBAL)
            .build();

    private static final ConfigField PROJECT_FIELD = ConfigField.builder(
                    PROJECT, ConfigField.Kind.TEXT, Text.of("Project", "项目"))
            .hint(Text.of("The account's own project when left empty.", "留空则使用服务账号所属项目。"))
            .build();

    /** A peak of three edges. Drawn for this project. */
    private static final String LOGO = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" role="img" aria-label="Vertex AI" fill="none" \
            stroke="#2f6fb0" stroke-width="2" stroke-linecap="round"><path d="M4 6l8 14 8-14"/><path d="M12 4v9"/>\
            <circle cx="12" cy="20" r="2" fill="#2f6fb0"/></svg>""";

    static final ChannelDescriptor INSTANCE = ChannelDescriptor.builder(
                    "vertex", Text.of("Google Vertex AI", "Google Vertex AI"))
            .description(Text.of(
                    "Gemini, Claude, Imagen and open models through Google Cloud's Vertex AI.",
                    "通过 Google Cloud Vertex AI 使用 Gemini、Claude、Imagen 与开放模型。"))
            .defaultEndpoint(VertexUpstream.DEFAULT_ENDPOINT)
            .host("*.googleapis.com")
            .secretPart(ACCOUNT_FIELD)
            .option(REGION_FIELD)
            .option(PROJECT_FIELD)
            .option(GoogleChat.safetyOption())
            .templateModels(
                    "gemini-3.5-flash",
                    "gemini-3.1-pro-preview",
                    "gemini-3.1-flash-lite",
                    "gemini-3-flash-preview",
                    "gemini-2.5-pro",
                    "gemini-2.5-flash",
                    "gemini-2.5-flash-lite",
                    "gemini-3-pro-image-preview",
                    "gemini-2.5-flash-image",
                    "claude-sonnet-5@default",
                    "claude-opus-4-8@default",
                    "claude-opus-4-7@default",
                    "claude-sonnet-4-6@default",
                    "claude-haiku-4-5@20251001",
                    "claude-sonnet-4-5@20250929",
                    "imagen-4.0-generate-001",
                    "imagen-4.0-fast-generate-001",
                    "imagen-4.0-ultra-generate-001",
                    "gemini-embedding-001",
                    "text-embedding-005",
                    "text-multilingual-embedding-002",
                    "deepseek-ai/deepseek-v3.2-maas",
                    "moonshotai/kimi-k2-thinking-maas",
                    "openai/gpt-oss-120b-maas",
                    "qwen/qwen3-235b-a22b-instruct-2507-maas",
                    "zai-org/glm-5-maas",
                    "meta/llama-4-maverick-17b-128e-instruct-maas")
            .unmapped(
                    "logit_bias",
                    "repetition_penalty",
                    "min_p",
                    "user",
                    "metadata",
                    "service_tier",
                    "parallel_tool_calls",
                    "prompt_cache_key",
                    "prediction",
                    "verbosity",
                    "messages.name",
                    // Of some models only.
                    "messages.image_url",
                    "reasoning_effort",
                    "response_format",
                    "tools",
                    "temperature",
                    "top_p",
                    "top_k",
                    "seed",
                    "n",
                    "presence_penalty",
                    "frequency_penalty",
                    "logprobs",
                    "top_logprobs")
            .logo(LOGO)
            .build();

    private VertexDescriptor() {}
}
