package io.patchbay.relay.call;

import io.patchbay.relay.channel.BoundChannel;
import io.patchbay.relay.exchange.Serial;
import io.patchbay.relay.picture.CallPictures;
import io.patchbay.relay.picture.Pictures;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Offer;
import io.patchbay.spi.Offer.ImageInput;
import io.patchbay.spi.chat.Wire;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * A chat in the form in which a model takes pictures: where the offer wants them as bytes, they are fetched before the
 * plugin sees the chat. Confined to the call's serial.
 *
 * @param pictures opens the pictures of the call
 * @param wire the client's chat
 */
record FittedChat(Engagement engagement, Serial serial, Supplier<CallPictures> pictures, Wire wire) {
    /**
     * Goes on with the model's offer and the chat in the right form; when that cannot be, the engagement ends with the
     * fault.
     *
     * @param model the model by the upstream's name
     */
    void then(ChannelType type, BoundChannel channel, String model, BiConsumer<Offer, Wire> next) {
        Offer offer = engagement.guarded("offer", () -> type.offer(model, channel));
        if (offer == null) {
            engagement.fail(Fault.of(FaultKind.PLUGIN, "the plugin returned no offer"));
        } else if (offer.imageInput() == ImageInput.INLINE && CallPictures.mayBeIn(wire)) {
            pictures.get().inline(wire).thenAccept(inlined -> serial.execute(() -> inlined(offer, inlined, next)));
        } else {
            next.accept(offer, wire);
        }
    }

    private void inlined(Offer offer, Pictures.Result<Wire> inlined, BiConsumer<Offer, Wire> next) {
        Wire fitted = inlined.value();
        Fault fault = inlined.fault();
        if (fitted != null && !engagement.over()) {
            next.accept(offer, fitted);
        } else if (fault != null) {
            engagement.fail(fault);
        }
    }
}
