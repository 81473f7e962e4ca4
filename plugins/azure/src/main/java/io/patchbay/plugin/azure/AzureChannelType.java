package io.patchbay.plugin.azure;

import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Text;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.config.ConfigField;
import io.patchbay.spi.media.Moderation;
import io.patchbay.spi.media.ModerationCall;
import io.patchbay.toolkit.VendorFaults;
import io.patchbay.toolkit.openai.OpenAiSurface;
import io.patchbay.toolkit.openai.OpenAiUpstream;
import org.osgi.service.component.annotations.Component;

/** Azure OpenAI: OpenAI's surface behind deployments, with content filters of its own. */
@Component(service = ChannelType.class)
public final class AzureChannelType extends OpenAiSurface {
    private static final ConfigField ADDRESS = ConfigField.builder(
                    Resource.ADDRESS, ConfigField.Kind.URL, Text.of("Resource", "资源地址"))
            .hint(Text.of(
                    "Only where the endpoint holds the API version instead: key|https://….openai.azure.com",
                    "仅当接入点填写 API 版本时使用：key|https://….openai.azure.com"))
            .build();

    private static final ConfigField VERSION = ConfigField.builder(
                    Resource.VERSION, ConfigField.Kind.TEXT, Text.of("API version", "API 版本"))
            .hint(Text.of(
                    "A date such as 2024-10-21 for deployments in the address, or v1 for the newer surface.",
                    "如 2024-10-21（部署名写入地址），或 v1（新版接口）。"))
            .fallback("2024-10-21")
            .build();

    private static final ConfigField DOTS = ConfigField.builder(
                    Resource.DOTS, ConfigField.Kind.FLAG, Text.of("Deployments without dots", "部署名去除点号"))
            .hint(Text.of(
                    "Asks for the deployment gpt-35-turbo when a client asks for gpt-3.5-turbo.",
                    "客户端请求 gpt-3.5-turbo 时使用部署 gpt-35-turbo。"))
            .fallback("true")
            .build();

    /** Two sails of one cloud: drawn for this project. */
    private static final String LOGO = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" role="img" aria-label="Azure OpenAI" fill="none" \
            stroke="#2a6fdb" stroke-width="2" stroke-linejoin="round" stroke-linecap="round">\
            <path d="M7 18a4 4 0 0 1 0-8 5 5 0 0 1 9.5-1A4.5 4.5 0 0 1 17 18z"/><path d="M9 14h6"/></svg>""";

    private static final ChannelDescriptor DESCRIPTOR = ChannelDescriptor.builder(
                    "azure", Text.of("Azure OpenAI", "Azure OpenAI"))
            .description(Text.of(
                    "OpenAI's models in Azure; a model is the name of a deployment.", "Azure 上的 OpenAI 模型；模型名即部署名。"))
            .host("*.openai.azure.com")
            .host("*.cognitiveservices.azure.com")
            .host("*.services.ai.azure.com")
            .host("*.azure.us")
            .host("*.azure.cn")
            .secretPart(ConfigField.secret(Resource.KEY, Text.of("API key", "API 密钥")))
            .secretPart(ADDRESS)
            .option(VERSION)
            .option(DOTS)
            .templateModels(
                    "gpt-5.4",
                    "gpt-5-mini",
                    "gpt-4.1",
                    "gpt-4o",
                    "gpt-4o-mini",
                    "o3",
                    "o4-mini",
                    "gpt-4",
                    "gpt-3.5-turbo",
                    "dall-e-3",
                    "gpt-image-1",
                    "text-embedding-3-small",
                    "text-embedding-3-large",
                    "whisper-1",
                    "tts-1")
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

    /** Codes of Azure's own (azure-openai page, read 2026-11). */
    private static final VendorFaults FAULTS = VendorFaults.NONE
            .code(FaultKind.CONTENT, "content_filter", "ResponsibleAIPolicyViolation")
            .code(FaultKind.NO_ACCESS, "OperationNotSupported", "DeploymentNotFound")
            .words(FaultKind.CONFIG, "resource not found", "404")
            .words(FaultKind.KEY_DEAD, "public access is disabled", "*");

    @Override
    public ChannelDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    protected OpenAiUpstream upstream(ChannelView channel) {
        return new Resource(channel);
    }

    /** Azure filters by itself and serves no moderation model. */
    @Override
    public Flow<Moderation> moderate(ModerationCall call, ChannelView channel) {
        return Flow.unsupported("moderation");
    }

    @Override
    public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
        return FAULTS.over(super.chat(call, channel));
    }
}
