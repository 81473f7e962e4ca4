package io.patchbay.plugin.stablediffusion;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Flow;
import io.patchbay.spi.ModelInfo;
import io.patchbay.spi.Offer;
import io.patchbay.spi.Text;
import io.patchbay.spi.config.ConfigField;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.media.ImageCall;
import io.patchbay.spi.media.ImageEvent;
import io.patchbay.spi.task.TaskWork;
import io.patchbay.toolkit.Flows;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** AUTOMATIC1111's WebUI, Forge and SD.Next, started with {@code --api}. In a chat its work is a task with progress. */
@Component(service = ChannelType.class)
public final class WebUiChannelType implements ChannelType {
    /** The model that stands for whatever checkpoint is loaded. */
    static final String LOADED = "stable-diffusion";

    static final String STEPS = "steps";
    static final String NEGATIVE = "negativePrompt";

    private static final ConfigField LOGIN = ConfigField.builder(
                    WebUi.LOGIN, ConfigField.Kind.SECRET, Text.of("User and password", "用户名和密码"))
            .hint(Text.of(
                    "user:password as given to --api-auth; empty when there is none.",
                    "即 --api-auth 的 user:password；没有则留空。"))
            .build();

    private static final ConfigField STEPS_FIELD = ConfigField.builder(
                    STEPS, ConfigField.Kind.NUMBER, Text.of("Steps", "步数"))
            .hint(Text.of("Sampling steps of a picture, 1 to 150.", "每张图片的采样步数，1 至 150。"))
            .fallback("20")
            .build();

    private static final ConfigField NEGATIVE_FIELD = ConfigField.builder(
                    NEGATIVE, ConfigField.Kind.TEXT, Text.of("Negative prompt", "反向提示词"))
            .hint(Text.of("What pictures should not show.", "图片中不应出现的内容。"))
            .build();

    /** A frame with noise that becomes a hill: drawn for this project. */
    static final String LOGO = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" role="img" aria-label="Stable Diffusion" fill="none" \
            stroke="#7a5af0" stroke-width="2" stroke-linecap="round"><rect x="3" y="3" width="18" height="18" rx="3"/>\
            <path d="M7 8h.01M11 7h.01M15 8h.01M9 11h.01M13 11h.01"/><path d="M4 18c4-5 7-5 9-2s4 2 7-1"/></svg>""";

    private static final ChannelDescriptor DESCRIPTOR = ChannelDescriptor.builder(
                    "stable-diffusion", Text.of("Stable Diffusion WebUI", "Stable Diffusion WebUI"))
            .description(Text.of(
                    "AUTOMATIC1111's WebUI, Forge or SD.Next with --api; a model is the name of a checkpoint.",
                    "启用 --api 的 AUTOMATIC1111 WebUI、Forge 或 SD.Next；模型名即检查点名称。"))
            .defaultEndpoint("http://127.0.0.1:7860")
            .secretPart(LOGIN)
            .option(STEPS_FIELD)
            .option(NEGATIVE_FIELD)
            .templateModels(LOADED)
            .unmapped("style", "background", "mask")
            .logo(LOGO)
            .build();

    @Override
    public ChannelDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Offer offer(String model, ChannelView channel) {
        return Offer.builder()
                .capability(Capability.IMAGES, Capability.IMAGE_EDITS, Capability.TASKS, Capability.VISION)
                .imageInput(Offer.ImageInput.INLINE)
                .build();
    }

    @Override
    public Flow<ImageEvent> images(ImageCall call, ChannelView channel) {
        return WebUiImages.of(call, channel);
    }

    @Override
    public TaskWork tasks() {
        return new WebUiWork();
    }

    @Override
    public Flow<ModelInfo> models(ChannelView channel) {
        return Flows.pages(WebUi.get(channel, "/sdapi/v1/sd-models"), answer -> {
            if (!(answer.json() instanceof JsonArray list)) {
                return null;
            }
            List<ModelInfo> models = new ArrayList<>();
            for (JsonValue entry : list.elements()) {
                String name = entry.string("model_name");
                if (name != null) {
                    models.add(new ModelInfo(name, "", entry.asObject()));
                }
            }
            return Flows.Page.last(models);
        });
    }
}
