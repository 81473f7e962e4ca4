package io.patchbay.plugin.gemini;

import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.Text;
import io.patchbay.spi.config.ConfigField;
import io.patchbay.toolkit.google.GoogleChat;

/** What the console shows of this channel type. */
final class GeminiDescriptor {
    static final String KEY = "key";

    private static final ConfigField KEY_FIELD = ConfigField.builder(
                    KEY, ConfigField.Kind.SECRET, Text.of("API key", "API 密钥"))
            .hint(Text.of(
                    "One key of Google AI Studio per line, for example AIza…", "每行一个 Google AI Studio 密钥，例如 AIza…"))
            .required()
            .build();

    /** Two dots in one orbit. Drawn for this project. */
    private static final String LOGO = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" role="img" aria-label="Gemini API" fill="none" \
            stroke="#3b6fd4" stroke-width="2"><ellipse cx="12" cy="12" rx="10" ry="5" transform="rotate(-30 12 12)"/>\
            <circle cx="9" cy="13" r="2" fill="#3b6fd4"/><circle cx="15" cy="11" r="2" fill="#8a5fd4"/>\
            </svg>""";

    static final ChannelDescriptor INSTANCE = ChannelDescriptor.builder(
                    "palm", Text.of("Google Gemini", "Google Gemini"))
            .description(Text.of(
                    "Gemini, Gemma and Imagen through Google's Gemini API (AI Studio keys).",
                    "通过 Google Gemini API（AI Studio 密钥）使用 Gemini、Gemma 与 Imagen。"))
            .defaultEndpoint("https://generativelanguage.googleapis.com")
            .secretPart(KEY_FIELD)
            .option(GoogleChat.safetyOption())
            .templateModels(
                    "gemini-3.5-flash",
                    "gemini-3.7-flash",
                    "gemini-3.6-flash",
                    "gemini-3.5-flash-lite",
                    "gemini-3.1-pro-preview",
                    "gemini-3.1-flash-lite-preview",
                    "gemini-3-pro-preview",
                    "gemini-3-flash-preview",
                    "gemini-2.5-pro",
                    "gemini-2.5-flash",
                    "gemini-2.5-flash-lite",
                    "gemini-2.0-flash",
                    "gemini-pro-latest",
                    "gemini-flash-latest",
                    "gemini-flash-lite-latest",
                    "gemini-3-pro-image-preview",
                    "gemini-3.1-flash-image",
                    "gemini-2.5-flash-image",
                    "imagen-4.0-generate-001",
                    "imagen-3.0-generate-002",
                    "gemini-embedding-001",
                    "gemma-3-27b-it",
                    "gemini-1.5-pro-latest",
                    "gemini-1.5-flash-latest",
                    "gemini-pro-vision",
                    "gemini-pro")
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
                    "tools")
            .logo(LOGO)
            .build();

    private GeminiDescriptor() {}
}
