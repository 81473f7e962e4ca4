package io.patchbay.relay.openai;

import io.patchbay.dialects.openai.OpenAiChatCodec;
import io.patchbay.relay.call.RelayServices;
import io.patchbay.relay.channel.Channels;
import io.patchbay.relay.overload.Entrance;
import java.util.List;

/** The routes of models in OpenAI's format. */
public final class ModelRoutes {
    private ModelRoutes() {}

    /**
     * Returns the routes and their error mapper, for registration as instances.
     *
     * @param entrance lets in what does work
     * @param maxRequestBytes the largest request body in bytes
     */
    public static List<Object> of(RelayServices services, Channels channels, Entrance entrance, long maxRequestBytes) {
        Intake intake = new Intake(entrance, maxRequestBytes);
        OpenAiChatCodec codec = new OpenAiChatCodec();
        return List.of(
                new ChatCompletionsResource(services, codec, intake),
                new ImagesResource(services, codec, intake),
                new VideosResource(services, codec, intake),
                new ModelsResource(channels),
                new RelayProblemMapper());
    }
}
