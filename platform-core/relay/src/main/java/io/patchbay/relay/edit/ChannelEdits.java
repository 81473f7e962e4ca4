package io.patchbay.relay.edit;

import io.patchbay.dialects.wire.WireBody;
import io.patchbay.dialects.wire.WireException;
import io.patchbay.relay.channel.ChannelSettings;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.chat.Wire;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a channel changes in its clients' requests. Immutable, safe for many threads.
 *
 * <p>Edits never fail, are the same applied twice as once, and leave alone the bytes of everything they are not about.
 */
public final class ChannelEdits {
    private static final ChannelEdits NONE = new ChannelEdits(false, false, Map.of(), Set.of());
    private static final String MESSAGES = "messages";
    private static final String REMOVED = "null";

    /** What a call for images is about, and what the host itself answers for: no parameters. */
    private static final Set<String> NOT_OF_IMAGES = Set.of("prompt", "image", "images", "mask", "partial_images");

    private final boolean userFirst;
    private final boolean mergeUsers;
    /** JSON texts by name, in the operator's order. */
    private final Map<String, byte[]> set;

    private final Set<String> remove;

    private ChannelEdits(boolean userFirst, boolean mergeUsers, Map<String, byte[]> set, Set<String> remove) {
        this.userFirst = userFirst;
        this.mergeUsers = mergeUsers;
        this.set = Collections.unmodifiableMap(set);
        this.remove = Set.copyOf(remove);
    }

    /**
     * Returns the edits of a channel. Parameters that no request could have, because their name would have to be
     * written with escapes or their value is no JSON, are left out.
     */
    public static ChannelEdits of(ChannelSettings settings) {
        Map<String, byte[]> set = new LinkedHashMap<>();
        Set<String> remove = new HashSet<>();
        settings.parameters().forEach((name, text) -> {
            byte[] value = text.getBytes(StandardCharsets.UTF_8);
            if (!isMember(name, value)) {
                return;
            }
            if (text.equals(REMOVED)) {
                remove.add(name);
            } else {
                set.put(name, value);
            }
        });
        boolean users = settings.firstMessageAsUser() || settings.mergeUserMessages();
        return users || !set.isEmpty() || !remove.isEmpty()
                ? new ChannelEdits(settings.firstMessageAsUser(), settings.mergeUserMessages(), set, remove)
                : NONE;
    }

    private static boolean isMember(String name, byte[] value) {
        ByteArrayOutputStream member = new ByteArrayOutputStream();
        member.write('{');
        member.writeBytes(JsonValue.of(name).toBytes());
        member.write(':');
        member.writeBytes(value);
        member.write('}');
        try {
            return WireBody.read(Dialect.OPENAI_CHAT, member.toByteArray())
                            .names()
                            .size()
                    == 1;
        } catch (WireException e) {
            return false;
        }
    }

    /** Returns whether nothing is ever changed. */
    public boolean none() {
        return this == NONE;
    }

    /**
     * Returns the client's request as the channel wants it; the same object when nothing has to be changed.
     *
     * <p>Parameters win over what the client sent. In a chat in OpenAI's dialect a first message of the assistant
     * becomes one of the user's, and neighbouring messages of the user's become one.
     *
     * @param wire a {@link WireBody}, in a dialect whose top-level members have OpenAI's names
     */
    public Wire apply(Wire wire) {
        if (none()) {
            return wire;
        }
        if (!(wire instanceof WireBody body)) {
            throw new IllegalArgumentException("the client's body has no index of its members");
        }
        Map<String, byte[]> changed = new LinkedHashMap<>();
        Bytes messages = wire.dialect().equals(Dialect.OPENAI_CHAT) ? body.raw(MESSAGES) : null;
        byte[] edited = messages == null ? null : new MessageSplice(messages).edited(userFirst, mergeUsers);
        if (edited != null) {
            changed.put(MESSAGES, edited);
        }
        boolean images = wire.dialect().equals(Dialect.OPENAI_IMAGES);
        set.forEach((name, value) -> {
            if (!(images && NOT_OF_IMAGES.contains(name)) && !isSame(body.raw(name), value)) {
                changed.put(name, value);
            }
        });
        Set<String> gone = new HashSet<>(remove);
        if (images) {
            gone.removeAll(NOT_OF_IMAGES);
        }
        return body.with(changed, gone);
    }

    /**
     * Returns the settings of a call for images with the channel's parameters; the same object when nothing has to be
     * changed. The prompt and the pictures are no parameters.
     *
     * @param settings members by OpenAI's names
     */
    public JsonObject apply(JsonObject settings) {
        if (none()) {
            return settings;
        }
        JsonObject.Builder changed = settings.toBuilder();
        set.forEach((name, value) -> {
            if (!NOT_OF_IMAGES.contains(name)) {
                changed.put(name, Json.parse(value));
            }
        });
        remove.stream().filter(name -> !NOT_OF_IMAGES.contains(name)).forEach(changed::remove);
        JsonObject after = changed.build();
        return after.equals(settings) ? settings : after;
    }

    private static boolean isSame(@Nullable Bytes before, byte[] after) {
        return before != null
                && Arrays.equals(
                        before.array(), before.offset(), before.offset() + before.length(), after, 0, after.length);
    }
}
