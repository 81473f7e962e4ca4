package io.patchbay.relay.call;

import io.patchbay.relay.channel.BoundChannel;
import io.patchbay.relay.exchange.Serial;
import io.patchbay.relay.picture.Pictures;
import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Offer;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.chat.ChatMessage;
import io.patchbay.spi.chat.ContentPart;
import io.patchbay.spi.http.Blob;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.media.ImageCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/**
 * Answers the chat of a model that makes pictures and does not talk: the last message of the user is the prompt, its
 * pictures are edited, and the answer shows what was made in Markdown. Confined to the call's serial.
 */
final class ChatDrawing {
    /** Settings that mean the same to an image model. */
    private static final Set<String> SETTINGS = Set.of(
            "n",
            "size",
            "quality",
            "style",
            "response_format",
            "background",
            "moderation",
            "output_format",
            "output_compression",
            "input_fidelity",
            "aspect_ratio",
            "negative_prompt",
            "seed",
            "user");

    /** Settings of the answer's form, which are honoured here, or of bookkeeping. */
    private static final Set<String> HONOURED = Set.of("stream_options", "metadata", "store");

    private final RelayServices services;
    private final Serial serial;
    private final ChatAttempt attempt;
    private final Engagement engagement;
    private final RelayedChat call;
    private final ChatCall chat;

    ChatDrawing(RelayServices services, Serial serial, ChatAttempt attempt, RelayedChat call, ChatCall chat) {
        this.services = services;
        this.serial = serial;
        this.attempt = attempt;
        this.engagement = attempt.engagement();
        this.call = call;
        this.chat = chat;
    }

    /** Returns whether a chat of a model with that offer is answered so. */
    static boolean suits(Offer offer) {
        return offer.has(Capability.IMAGES) && !offer.has(Capability.CHAT);
    }

    /** Makes the pictures and answers. */
    void begin(ChannelType type, BoundChannel channel) {
        ChatMessage asked = chat.request().messages().stream()
                .filter(message -> message.role().equals("user"))
                .reduce((earlier, later) -> later)
                .orElse(ChatMessage.of("user", ""));
        List<String> urls = pictures(asked);
        if (asked.text().isBlank() && urls.isEmpty()) {
            engagement.fail(Fault.of(FaultKind.BAD_REQUEST, "prompt is required"));
        } else if (urls.isEmpty()) {
            draw(type, channel, asked.text(), List.of());
        } else {
            call.pictures()
                    .files(urls)
                    .thenAccept(files -> serial.execute(() -> edit(type, channel, asked.text(), files)));
        }
    }

    private static List<String> pictures(ChatMessage message) {
        List<String> urls = new ArrayList<>();
        for (ContentPart part : message.parts()) {
            ContentPart.Image image = part.image();
            if (image != null && image.url() != null) {
                urls.add(image.url());
            }
        }
        return urls;
    }

    private void edit(ChannelType type, BoundChannel channel, String prompt, Pictures.Result<Pictures.Files> files) {
        Pictures.Files pictures = files.value();
        Fault fault = files.fault();
        if (fault != null) {
            engagement.fail(fault);
        } else if (pictures != null) {
            draw(type, channel, prompt, pictures.blobs());
        }
    }

    private void draw(ChannelType type, BoundChannel channel, String prompt, List<Blob> pictures) {
        if (engagement.over()) {
            return;
        }
        ImageHost host = new ImageHost(engagement, call::note, this::drawn);
        ImageCall images =
                new UpstreamImageCall(chat.model(), chat.publicModel(), prompt, pictures, null, settings(host), null);
        engagement.run(engagement.guarded("images", () -> type.images(images, channel)), host);
    }

    private JsonObject settings(ImageHost host) {
        JsonObject.Builder taken = JsonObject.builder();
        Set<String> lost = new TreeSet<>();
        for (Map.Entry<String, JsonValue> setting :
                chat.request().settings().members().entrySet()) {
            String name = setting.getKey();
            JsonValue value = setting.getValue();
            // A chat's response format is an object and means the text, not the picture.
            boolean text = name.equals("response_format") && value.string() == null;
            if (SETTINGS.contains(name) && !text) {
                taken.put(name, value);
            } else if (!value.isNull() && !HONOURED.contains(name)) {
                lost.add(name);
            }
        }
        if (!chat.request().tools().isEmpty()) {
            lost.add("tools");
        }
        host.unused(lost);
        return taken.build();
    }

    private void drawn(Drawn drawn) {
        CompletableFuture.supplyAsync(
                        () -> drawn.stored(services.artifacts(), false),
                        services.tasks().work())
                .whenComplete((stored, failure) -> serial.execute(() -> {
                    if (failure != null) {
                        engagement.fail(Fault.of(FaultKind.UPSTREAM, "the images could not be stored"));
                    } else if (engagement.finish()) {
                        tell(stored);
                    }
                }));
    }

    private void tell(Drawn drawn) {
        ChatDelivery delivery = attempt.delivery();
        delivery.event(new ChatEvent.Text(drawn.markdown()));
        if (drawn.usage() != null) {
            delivery.event(new ChatEvent.Used(drawn.usage()));
        }
        delivery.event(new ChatEvent.Finish("stop"));
        attempt.answered();
    }
}
