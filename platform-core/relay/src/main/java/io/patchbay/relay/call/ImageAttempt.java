package io.patchbay.relay.call;

import io.patchbay.relay.channel.BoundChannel;
import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.exchange.Serial;
import io.patchbay.relay.picture.Pictures;
import io.patchbay.relay.task.Task;
import io.patchbay.relay.task.TaskEnd;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One try to have images made on one channel. Confined to the call's serial. */
final class ImageAttempt implements Engagement.Client, TaskErrand.Client {
    private final RelayServices services;
    private final Serial serial;
    private final ImageOrder order;
    private final RelayedImages call;
    private final Engagement engagement;
    private final String model;
    private final @Nullable String pinnedKey;
    private @Nullable TaskErrand errand;

    /**
     * Creates an attempt.
     *
     * @param pinnedKey the key line it must be made with, {@code null} for any
     */
    ImageAttempt(
            RelayServices services,
            Serial serial,
            ImageOrder order,
            Channel channel,
            @Nullable String pinnedKey,
            RelayedImages call) {
        this.services = services;
        this.serial = serial;
        this.order = order;
        this.call = call;
        this.pinnedKey = pinnedKey;
        this.model = channel.mapping().upstream(order.model());
        this.engagement =
                new Engagement(services, serial, channel, order.caller().userId(), order.conversation(), this);
    }

    void start() {
        if (pinnedKey == null) {
            engagement.start();
        } else {
            engagement.start(pinnedKey);
        }
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
        call.pictures().files(urls).thenAccept(files -> serial.execute(() -> fetched(type, channel, input, files)));
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
            errand().submit(work, ordered, channel);
        } else if (!engagement.over()) {
            engagement.run(engagement.guarded("images", () -> type.images(images, channel)), host);
        }
    }

    private void drawn(Drawn drawn) {
        if (engagement.finish()) {
            call.answered(drawn);
        }
    }

    @Override
    public void failed(Fault fault) {
        if (errand == null || !errand.flowFailed(fault)) {
            call.faulted(fault);
        }
    }

    // ---- work that is submitted and waited for ----

    private TaskErrand errand() {
        TaskErrand open = errand;
        if (open == null) {
            TaskErrand.Origin origin = new TaskErrand.Origin(
                    order.requestId(), order.caller(), call.admitted(), order.inputEstimate(), pinnedKey != null);
            open = new TaskErrand(services.tasks(), serial, engagement, origin, this);
            errand = open;
        }
        return open;
    }

    @Override
    public void elsewhere(Channel channel, String keyLine) {
        call.moveTo(channel, keyLine);
    }

    @Override
    public void refused(Fault fault) {
        call.faulted(fault);
    }

    @Override
    public void changed(Task task) {
        call.note("task", task.id());
    }

    @Override
    public void ended(TaskEnd end) {
        call.note("task", end.task().id());
        call.ended(end);
    }

    /**
     * The call has ended before its answer.
     *
     * @return whether a task goes on, which then closes the call's reservation
     */
    boolean abandon() {
        if (errand != null) {
            return errand.leave();
        }
        engagement.abandon();
        return false;
    }

    /** Gives the lease back, as soon as nothing of the plugin runs. */
    void release() {
        if (errand == null) {
            engagement.release();
        } else {
            errand.release();
        }
    }

    /** Returns whether no other channel can answer. */
    boolean pinned() {
        return pinnedKey != null;
    }

    Engagement engagement() {
        return engagement;
    }

    String upstreamModel() {
        return model;
    }
}
