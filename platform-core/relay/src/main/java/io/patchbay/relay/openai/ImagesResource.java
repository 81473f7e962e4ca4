package io.patchbay.relay.openai;

import io.patchbay.accounts.Caller;
import io.patchbay.billing.admission.Admitted;
import io.patchbay.billing.admission.PlanUse;
import io.patchbay.billing.admission.Wish;
import io.patchbay.dialects.openai.OpenAiChatCodec;
import io.patchbay.foundation.request.RequestContext;
import io.patchbay.foundation.request.RequestContextFilter;
import io.patchbay.relay.call.ImageOrder;
import io.patchbay.relay.call.RelayServices;
import io.patchbay.relay.call.RelayedImages;
import io.patchbay.relay.routing.CallThread;
import io.patchbay.relay.routing.Route;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * {@code POST /v1/images/generations}, {@code /edits} and {@code /variations}. Receives, identifies, admits and routes;
 * the rest is {@link RelayedImages}.
 *
 * <p>{@code response_format}: images that come as base64 are stored and named by address for a client that asks for
 * {@code url}; images that come by address stay addresses, also for a client that asks for {@code b64_json}. With
 * {@code stream} the finished images are told as events; partial images are not.
 *
 * <p>A price for a call is held for each image that {@code n} asks for, and charged for each that was made.
 */
@Path("/images")
public final class ImagesResource {
    /** What a picture of the largest size has with OpenAI, for the reservation. */
    private static final long TOKENS_OF_A_PICTURE = 4_160;

    private final RelayServices services;
    private final OpenAiChatCodec codec;
    private final Intake intake;

    ImagesResource(RelayServices services, OpenAiChatCodec codec, Intake intake) {
        this.services = services;
        this.codec = codec;
        this.intake = intake;
    }

    /** Makes images from a prompt in JSON. */
    @POST
    @Path("/generations")
    public void generate(
            InputStream in,
            @Suspended AsyncResponse suspended,
            @Context ContainerRequestContext request,
            @Context HttpServletRequest servletRequest)
            throws IOException {
        Intake.Arrival arrival = intake.receive(in, request, servletRequest);
        begin(arrival.caller(), ImageRequests.json(arrival.body(), false), request, servletRequest);
    }

    /** Edits pictures that come in a form, or are named in JSON. */
    @POST
    @Path("/edits")
    public void edit(
            InputStream in,
            @Suspended AsyncResponse suspended,
            @Context ContainerRequestContext request,
            @Context HttpServletRequest servletRequest)
            throws IOException {
        Intake.Arrival arrival = intake.receive(in, request, servletRequest);
        byte[] body = arrival.body();
        String type = RelayRequest.contentType(request);
        ImageRequests.Read read = RelayRequest.isForm(type)
                ? ImageRequests.form(FormBody.read(type, body), true)
                : ImageRequests.json(body, true);
        begin(arrival.caller(), read, request, servletRequest);
    }

    /** Varies a picture that comes in a form. */
    @POST
    @Path("/variations")
    public void vary(
            InputStream in,
            @Suspended AsyncResponse suspended,
            @Context ContainerRequestContext request,
            @Context HttpServletRequest servletRequest)
            throws IOException {
        Intake.Arrival arrival = intake.receive(in, request, servletRequest);
        FormBody form = FormBody.read(RelayRequest.contentType(request), arrival.body());
        begin(arrival.caller(), ImageRequests.form(form, false), request, servletRequest);
    }

    private void begin(
            Caller caller,
            ImageRequests.Read read,
            ContainerRequestContext request,
            HttpServletRequest servletRequest) {
        String requestId = RequestContext.id(request);
        ImageOrder order = new ImageOrder(
                requestId,
                caller,
                codec,
                read.model(),
                read.prompt(),
                read.input(),
                read.settings(),
                read.unused(),
                read.wire(),
                read.wanted(),
                read.stream(),
                InputEstimate.of(read.prompt(), read.pictures(), read.model(), services.tokens()),
                RelayRequest.conversation(request),
                services.clock().instant());
        Route route = RelayRequest.route(services.router(), order.model(), caller, CallThread.NONE);
        Admitted admitted = services.admission()
                .admit(new Wish(
                        caller,
                        order.model(),
                        order.inputEstimate(),
                        read.count() * TOKENS_OF_A_PICTURE,
                        read.count(),
                        PlanUse.NEVER,
                        requestId));
        JettySink sink = new JettySink(servletRequest, Map.of(RequestContextFilter.HEADER, requestId));
        RelayedImages.begin(services, order, admitted, sink, route);
    }
}
