package io.patchbay.toolkit;

import io.patchbay.spi.chat.ChatMessage;
import io.patchbay.spi.chat.ContentPart;
import java.util.List;
import java.util.Set;

/** Looks through the parts of messages for those a vendor has no place for. */
public final class MessageParts {
    private MessageParts() {}

    /**
     * Reports parts as lost, by the names clients write: {@code messages.image_url}, {@code messages.input_audio}, …
     *
     * @param kept the {@linkplain ContentPart#kind() kinds} that are not lost
     */
    public static void loseAllBut(RequestFields fields, List<ChatMessage> messages, String... kept) {
        Set<String> kinds = Set.of(kept);
        for (ChatMessage message : messages) {
            for (ContentPart part : message.parts()) {
                if (!kinds.contains(part.kind())) {
                    fields.lose("messages." + part.raw().string("type", part.kind()));
                }
            }
        }
    }
}
