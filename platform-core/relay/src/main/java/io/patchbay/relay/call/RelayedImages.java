package io.patchbay.relay.call;

import io.patchbay.billing.TokenUsage;
import io.patchbay.billing.admission.Admitted;
import io.patchbay.billing.ledger.Outcome;
import io.patchbay.dialects.frame.FrameOut;
import io.patchbay.relay.record.ReportedUsage;
import io.patchbay.relay.routing.Route;
import io.patchbay.relay.task.Task;
import io.patchbay.relay.task.TaskEnd;
import io.patchbay.relay.task.TaskFault;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Usage;
import io.patchbay.spi.media.ImageEvent;
import io.patchbay.spi.task.Artifact;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One client's images, whether an upstream draws them at once or takes its time. */
public final class RelayedImages extends RelayedWork<ImageAttempt> {
    private final ImageOrder order;

    private RelayedImages(RelayServices services, ImageOrder order, Admitted admitted, ClientSink sink, Route route) {
        super(
                services,
                new CallBooks.Heading(
                        order.requestId(), order.caller(), order.model(), order.stream(), order.startedAt()),
                order.codec(),
                admitted,
                sink,
                route);
        this.order = order;
    }

    /** Begins an admitted call; returns at once. */
    public static void begin(
            RelayServices services, ImageOrder order, Admitted admitted, ClientSink sink, Route route) {
        new RelayedImages(services, order, admitted, sink, route).begin();
    }

    @Override
    ImageAttempt attempt(WorkAttempt.Place place) {
        return new ImageAttempt(services, serial, order, place, this);
    }

    /** The images are made. */
    void answered(ImageAttempt attempt, Drawn drawn) {
        if (ends(attempt)) {
            attempts.answered(attempt);
            books.firstContent();
            TokenUsage used = used(drawn.usage());
            answer(drawn, used, () -> books.settle(used, drawn.images().size()));
        }
    }

    /** Nothing can be shown of images that are not finished. */
    @Override
    public void changed(ImageAttempt attempt, Task task) {}

    @Override
    public void ended(ImageAttempt attempt, TaskEnd end) {
        if (!ends(attempt)) {
            return;
        }
        TaskFault fault = end.task().state().fault();
        List<ImageEvent.Made> images = images(end.task());
        if (fault != null) {
            attempt.choice().permit().failed(fault.toFault());
            failed(fault.toFault(), end.outcome(), end.used());
        } else if (images.isEmpty()) {
            failed(Fault.of(FaultKind.UPSTREAM, "no image generated"), end.outcome(), end.used());
        } else {
            attempts.answered(attempt);
            books.firstContent();
            Usage told = end.used().estimated()
                    ? null
                    : Usage.of(end.used().input(), end.used().output());
            answer(new Drawn(images, told), end.used(), end::outcome);
        }
    }

    private static List<ImageEvent.Made> images(Task task) {
        return task.state().artifacts().stream()
                .filter(artifact -> artifact.kind().equals("image") && !artifact.preview())
                .map(Artifact::url)
                .map(Drawn::at)
                .toList();
    }

    /** Writes the answer beside the serial, because it may have a hundred megabytes, and closes the reservation. */
    private void answer(Drawn drawn, TokenUsage used, Supplier<CompletableFuture<Outcome>> closing) {
        CompletableFuture.supplyAsync(() -> written(drawn), services.tasks().work())
                .whenComplete((body, unwritten) -> serial.execute(() -> {
                    if (unwritten != null) {
                        Fault fault = Fault.of(FaultKind.UPSTREAM, "the images could not be written");
                        failed(fault, closing.get(), used);
                    } else {
                        answered(body, used, closing.get());
                    }
                }));
    }

    private byte[] written(Drawn drawn) {
        Drawn shown = order.wanted() == ImageOrder.Wanted.URL ? drawn.stored(services.artifacts(), true) : drawn;
        long now = services.clock().instant().getEpochSecond();
        if (!order.stream()) {
            return shown.answer(now).toBytes();
        }
        FrameOut events = new FrameOut();
        String name = order.input().equals(ImageOrder.Input.NONE) ? "image_generation" : "image_edit";
        shown.completed(name + ".completed", now).forEach(event -> events.sse(name + ".completed", event));
        ByteBuffer all = events.take();
        byte[] bytes = new byte[all.remaining()];
        all.get(bytes);
        return bytes;
    }

    /** Returns what the upstream reported; without that, only the prompt is counted. */
    private TokenUsage used(@Nullable Usage reported) {
        TokenUsage told = ReportedUsage.billed(reported);
        return told != null ? told : new TokenUsage(order.inputTokens().exact(), 0, 0, 0, true);
    }
}
