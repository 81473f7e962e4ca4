package io.patchbay.server.vendor;

import java.util.List;

/** All vendors that are played. */
public final class Vendors {
    private Vendors() {}

    /** Returns one of each. */
    public static List<Vendor> all() {
        return List.of(
                new OpenAiVendor(),
                new AnthropicVendor(),
                new AzureVendor(),
                new BedrockVendor(),
                new BingVendor(),
                new CohereVendor(),
                new CozeVendor(),
                new DashScopeVendor(),
                new DeepSeekVendor(),
                new DifyVendor(),
                new ErnieVendor(),
                new GeminiVendor(),
                new GroqVendor(),
                new HunyuanVendor(),
                new MidjourneyVendor(),
                new MoonshotVendor(),
                new SkylarkVendor(),
                new SlackVendor(),
                new SparkVendor(),
                new VertexVendor(),
                new WebUiVendor(),
                new ZhipuVendor());
    }
}
