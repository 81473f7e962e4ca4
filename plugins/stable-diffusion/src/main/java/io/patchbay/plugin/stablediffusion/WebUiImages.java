package io.patchbay.plugin.stablediffusion;

import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.media.ImageCall;
import io.patchbay.spi.media.ImageEvent;
import io.patchbay.toolkit.DialectMedia;
import io.patchbay.toolkit.Flows;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Pictures in one go, for the images API. */
final class WebUiImages {
    private static final Set<String> FORM = Set.of("n", "size", "quality", "response_format");

    /** The settings that are understood: those of the form, and the WebUI's own. */
    static final Set<String> KNOWN =
            Stream.concat(FORM.stream(), WebUiJob.OWN.stream()).collect(Collectors.toUnmodifiableSet());

    private WebUiImages() {}

    static Flow<ImageEvent> of(ImageCall call, ChannelView channel) {
        if (call.mask() != null) {
            // OpenAI's masks are transparent where things change, the WebUI's are white: the bytes would have to be
            // remade.
            return Flow.failed(Fault.of(FaultKind.UNSUPPORTED, "masks are not taken by this channel type"));
        }
        return turn -> {
            WebUiJob job = new WebUiJob(channel, call.model(), call.prompt(), DialectMedia.known(turn, call, KNOWN));
            boolean fresh = call.pictures().isEmpty();
            HttpRequest.Builder post = WebUi.post(channel, fresh ? "/sdapi/v1/txt2img" : "/sdapi/v1/img2img")
                    .body(fresh ? Body.json(job.body(null)) : job.from(call.pictures()))
                    .creating()
                    .silence(WebUi.SILENCE);
            return Flows.<ImageEvent>pages(post, WebUi.LARGEST, answer -> {
                        List<String> pictures = WebUi.pictures(answer, job.count());
                        return pictures == null
                                ? null
                                : Flows.Page.last(pictures.stream()
                                        .<ImageEvent>map(
                                                picture -> new ImageEvent.Made(null, picture, null, JsonObject.EMPTY))
                                        .toList());
                    })
                    .begin(turn);
        };
    }
}
