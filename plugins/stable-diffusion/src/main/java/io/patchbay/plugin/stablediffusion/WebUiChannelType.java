package io.patchbay.plugin.stablediffusion;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Flow;
import io.patchbay.spi.ModelInfo;
import io.patchbay.spi.Offer;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.media.ImageCall;
import io.patchbay.spi.media.ImageEvent;
import io.patchbay.spi.task.TaskWork;
import io.patchbay.toolkit.Flows;
import io.patchbay.toolkit.data.ChannelTypeFile;
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

    private static final ChannelTypeFile FILE = ChannelTypeFile.named(WebUiChannelType.class, "web-ui.json");

    @Override
    public ChannelDescriptor descriptor() {
        return FILE.descriptor();
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
