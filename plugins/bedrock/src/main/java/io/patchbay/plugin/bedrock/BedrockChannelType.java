package io.patchbay.plugin.bedrock;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Flow;
import io.patchbay.spi.ModelInfo;
import io.patchbay.spi.Offer;
import io.patchbay.spi.Text;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.config.ConfigField;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.Flows;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Chat with whatever model of AWS Bedrock speaks Converse. */
@Component(service = ChannelType.class)
public final class BedrockChannelType implements ChannelType {
    private static final ConfigField ACCESS = ConfigField.builder(
                    Runtime.ACCESS, ConfigField.Kind.SECRET, Text.of("Access key or API key", "访问密钥或 API 密钥"))
            .hint(Text.of(
                    "A Bedrock API key by itself, or access_key|secret_key|region, with |session_token for temporary keys.",
                    "单独的 Bedrock API 密钥，或 access_key|secret_key|region，临时密钥再加 |session_token。"))
            .required()
            .build();

    private static final ConfigField SECRET = ConfigField.builder(
                    Runtime.SECRET, ConfigField.Kind.SECRET, Text.of("Secret key", "私有密钥"))
            .build();

    private static final ConfigField REGION = ConfigField.builder(
                    Runtime.REGION, ConfigField.Kind.TEXT, Text.of("Region", "区域"))
            .build();

    private static final ConfigField SESSION = ConfigField.builder(
                    Runtime.SESSION, ConfigField.Kind.SECRET, Text.of("Session token", "会话令牌"))
            .build();

    /** Layers of rock: drawn for this project. */
    private static final String LOGO = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" role="img" aria-label="Bedrock" fill="none" \
            stroke="#c8741a" stroke-width="2" stroke-linejoin="round"><path d="M3 8l9-4 9 4-9 4z"/>\
            <path d="M3 12l9 4 9-4"/><path d="M3 16l9 4 9-4"/></svg>""";

    private static final ChannelDescriptor DESCRIPTOR = ChannelDescriptor.builder(
                    "bedrock", Text.of("AWS Bedrock", "AWS Bedrock"))
            .description(Text.of(
                    "Models of several vendors through AWS Bedrock's Converse API.",
                    "通过 AWS Bedrock 的 Converse 接口使用多家厂商的模型。"))
            .defaultEndpoint(Runtime.ENDPOINT)
            .host("*.amazonaws.com")
            .secretPart(ACCESS)
            .secretPart(SECRET)
            .secretPart(REGION)
            .secretPart(SESSION)
            .templateModels(
                    "global.anthropic.claude-sonnet-5",
                    "us.anthropic.claude-opus-4-8",
                    "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
                    "us.anthropic.claude-haiku-4-5-20251001-v1:0",
                    "amazon.nova-pro-v1:0",
                    "amazon.nova-2-lite-v1:0",
                    "openai.gpt-oss-120b-1:0",
                    "deepseek.v3.2",
                    "meta.llama4-maverick-17b-instruct-v1:0",
                    "qwen.qwen3-coder-480b-a35b-v1:0")
            .unmapped(
                    "seed",
                    "n",
                    "presence_penalty",
                    "frequency_penalty",
                    "repetition_penalty",
                    "logit_bias",
                    "logprobs",
                    "top_logprobs",
                    "user",
                    "response_format",
                    "parallel_tool_calls",
                    "reasoning_effort",
                    "top_k",
                    "temperature",
                    "top_p")
            .logo(LOGO)
            .build();

    @Override
    public ChannelDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Offer offer(String model, ChannelView channel) {
        Offer.Builder offer = Offer.builder().capability(Capability.CHAT, Capability.TOOLS, Capability.PARALLEL_TOOLS);
        if (model.contains("anthropic") || model.contains("nova") || model.contains("gpt-oss")) {
            offer.capability(Capability.REASONING);
        }
        if (model.contains("anthropic") || model.contains("nova") || model.contains("llama4")) {
            offer.capability(Capability.VISION).imageInput(Offer.ImageInput.INLINE);
        }
        return offer.build();
    }

    @Override
    public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
        return new ConverseChat(call, channel);
    }

    @Override
    public Flow<ModelInfo> models(ChannelView channel) {
        return Flows.pages(Runtime.foundationModels(channel), answer -> {
            JsonValue body = answer.json();
            if (body == null || body.get("modelSummaries") == null) {
                return null;
            }
            List<ModelInfo> models = new ArrayList<>();
            for (JsonValue entry : body.elements("modelSummaries")) {
                String id = entry.string("modelId");
                if (id != null) {
                    models.add(new ModelInfo(id, entry.string("providerName", ""), entry.asObject()));
                }
            }
            return Flows.Page.last(models);
        });
    }
}
