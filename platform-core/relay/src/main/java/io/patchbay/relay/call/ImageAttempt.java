package io.patchbay.relay.call;

import io.patchbay.relay.channel.BoundChannel;
import io.patchbay.relay.edit.ChannelEdits;
import io.patchbay.relay.exchange.Serial;
import io.patchbay.relay.picture.Pictures;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Offer;
import io.patchbay.spi.http.Blob;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.media.ImageCall;
import io.patchbay.spi.task.TaskOrder;
import io.patchbay.spi.task.TaskWork;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One try to have images made on one channel. Confined to the call's serial. */
final class ImageAttempt extends WorkAttempt<ImageAttempt> {
    private final ImageOrder order;
    private final RelayedImages call;
    private final Engagement engagement;
    private final String model;

    /** Prepares an attempt. */
    ImageAttempt(RelayServices services, Serial serial, ImageOrder order, Place place, RelayedImages call) {
        super(
                services,
                serial,
                new Asked(
                        order.requestId(), order.caller(), order.model(), order.inputEstimate(), order.conversation()),
                place,
                call);
        this.order = order.edited(ChannelEdits.of(place.choice().channel().settings()));
        this.call = call;
        this.engagement = engagement();
        this.model = upstreamModel();
    }

    @Override
    ImageAttempt self() {
        return this;
    }

    @Override
    public void ready(ChannelType type, BoundChannel channel) {
        ImageOrder.Input input = order.input();
        if (input.urls().isEmpty()) {
            run(type, channel, call(input.files(), input.mask()));
            return;
        }
        Offer offer = engagement.guarded("offer", () -> type.offer(model, channel));
        if (offer == null) {
            engagement.fail(Fault.of(FaultKind.PLUGIN, "the plugin returned no offer"));
        } else if (offer.dialects().contains(Dialect.OPENAI_IMAGES)) {
            // An upstream that reads OpenAI's own form gets it as it came.
            run(
                    type,
                    channel,
                    new UpstreamImageCall(
                            model, order.model(), order.prompt(), List.of(), null, order.settings(), order.wire()));
        } else {
            fetch(type, channel, input);
        }
    }

    private void fetch(ChannelType type, BoundChannel channel, ImageOrder.Input input) {
        List<String> urls = new ArrayList<>(input.urls());
        if (input.maskUrl() != null) {
            urls.add(input.maskUrl());
        }
        if (urls.contains("")) {
            engagement.fail(Fault.of(
                    FaultKind.UNSUPPORTED,
                    "the upstream of this model takes pictures by URL or as files, not by the id of an uploaded file"));
            return;
        }
        call.pictures().files(urls).thenAccept(files -> serial().execute(() -> fetched(type, channel, input, files)));
    }

    private void fetched(
            ChannelType type, BoundChannel channel, ImageOrder.Input input, Pictures.Result<Pictures.Files> files) {
        Pictures.Files pictures = files.value();
        Fault fault = files.fault();
        if (fault != null) {
            engagement.fail(fault);
        } else if (pictures != null && !engagement.over()) {
            List<Blob> blobs = new ArrayList<>(pictures.blobs());
            Blob mask = input.maskUrl() == null ? null : blobs.removeLast();
            run(type, channel, call(blobs, mask));
        }
    }

    private ImageCall call(List<Blob> pictures, @Nullable Blob mask) {
        boolean edit = !order.input().urls().isEmpty();
        JsonObject settings = edit
                ? order.settings().toBuilder()
                        .remove("images")
                        .remove("image")
                        .remove("mask")
                        .build()
                : order.settings();
        return new UpstreamImageCall(
                model, order.model(), order.prompt(), pictures, mask, settings, edit ? null : order.wire());
    }

    private void run(ChannelType type, BoundChannel channel, ImageCall images) {
        ImageHost host = new ImageHost(engagement, call::note, this::drawn);
        host.unused(order.unused());
        TaskWork work = engagement.guarded("tasks", type::tasks);
        TaskOrder ordered =
                work == null ? null : engagement.guarded("fromImages", () -> work.fromImages(images, channel));
        if (work != null && ordered != null) {
            submit(work, ordered, channel);
        } else if (!engagement.over()) {
            engagement.run(engagement.guarded("images", () -> type.images(images, channel)), host);
        }
    }

    private void drawn(Drawn drawn) {
        if (engagement.finish()) {
            call.answered(this, drawn);
        }
    }

    /** The form of the answer is seen to here, whatever the upstream knows of it. */
    @Override
    public Collection<String> missed(Collection<String> dropped) {
        return dropped.stream().filter(field -> !field.equals(ImageHost.FORM)).toList();
    }
}
