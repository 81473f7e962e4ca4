package io.patchbay.relay.call;

import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Usage;
import io.patchbay.spi.media.ImageEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects the images of one flow. Confined to the call's serial. */
final class ImageHost extends EngagedHost<ImageEvent> {
    /** The answer is written here, in whichever form the client asked for. */
    static final String FORM = "response_format";

    private static final int MAX_IMAGES = 100;

    private final Engagement engagement;
    private final BiConsumer<String, String> notes;
    private final Consumer<Drawn> done;
    private final List<ImageEvent.Made> images = new ArrayList<>();
    private @Nullable Usage usage;

    /**
     * Creates a host.
     *
     * @param notes takes what the flow notes
     * @param done takes the images when the flow has ended well; whoever takes them ends the engagement
     */
    ImageHost(Engagement engagement, BiConsumer<String, String> notes, Consumer<Drawn> done) {
        super(engagement);
        this.engagement = engagement;
        this.notes = notes;
        this.done = done;
    }

    @Override
    public void event(ImageEvent event) {
        switch (event) {
            case ImageEvent.Made made -> {
                if (images.size() < MAX_IMAGES) {
                    images.add(made);
                }
            }
            case ImageEvent.Used used -> usage = used.usage();
        }
    }

    @Override
    public void dropped(Collection<String> fields) {
        unused(fields.stream().filter(field -> !field.equals(FORM)).toList());
    }

    /** These fields of the client's request were given to no flow. */
    void unused(Collection<String> fields) {
        if (!fields.isEmpty()) {
            super.dropped(fields);
        }
    }

    @Override
    public boolean contentSeen() {
        return !images.isEmpty();
    }

    @Override
    public void note(String key, String value) {
        notes.accept(key, value);
    }

    @Override
    public void finished() {
        if (images.isEmpty()) {
            engagement.fail(Fault.of(FaultKind.UPSTREAM, "no image generated"));
        } else if (!engagement.over()) {
            done.accept(new Drawn(images, usage));
        }
    }
}
