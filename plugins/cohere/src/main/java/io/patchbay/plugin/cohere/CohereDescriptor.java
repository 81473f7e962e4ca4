package io.patchbay.plugin.cohere;

import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.Text;
import io.patchbay.spi.config.ConfigField;

/** What the console shows of this channel type. */
final class CohereDescriptor {
    static final String KEY = "key";

    private static final ConfigField KEY_FIELD = ConfigField.builder(
                    KEY, ConfigField.Kind.SECRET, Text.of("API key", "API 密钥"))
            .hint(Text.of("One key per line.", "每行一个密钥。"))
            .required()
            .build();

    /** Three overlapping discs, the way things belong together. Drawn for this project. */
    private static final String LOGO = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" role="img" aria-label="Cohere" fill="none" \
            stroke="#3d6b57" stroke-width="2"><circle cx="9" cy="9" r="5"/><circle cx="15" cy="9" r="5"/>\
            <circle cx="12" cy="15" r="5"/></svg>""";

    static final ChannelDescriptor INSTANCE = ChannelDescriptor.builder("cohere", Text.of("Cohere", "Cohere"))
            .description(Text.of(
                    "Cohere's own API: Command models, embeddings and reranking.", "Cohere 官方接口：Command 模型、向量与重排序。"))
            .defaultEndpoint("https://api.cohere.com")
            .secretPart(KEY_FIELD)
            .templateModels(
                    "command-a-03-2025",
                    "command-a-plus-05-2026",
                    "command-a-reasoning-08-2025",
                    "command-a-vision-07-2025",
                    "command-a-translate-08-2025",
                    "command-r-plus-08-2024",
                    "command-r-08-2024",
                    "command-r7b-12-2024",
                    "c4ai-aya-expanse-32b",
                    "north-mini-code-1-0",
                    "embed-v4.0",
                    "embed-multilingual-v3.0",
                    "rerank-v3.5",
                    "rerank-english-v3.0",
                    "rerank-multilingual-v3.0")
            // The last ones depend on the model; a response format cannot be had beside tools.
            .unmapped(("n logit_bias top_logprobs user metadata service_tier repetition_penalty parallel_tool_calls"
                            + " messages.input_audio messages.file messages.image_url reasoning_effort response_format")
                    .split(" "))
            .logo(LOGO)
            .build();

    private CohereDescriptor() {}
}
