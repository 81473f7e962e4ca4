package io.patchbay.relay.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.patchbay.foundation.crypto.Encryption;
import io.patchbay.foundation.json.Json;
import io.patchbay.relay.exchange.ProxySetting;
import io.patchbay.spi.Secret;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Turns channels into rows and back; secrets are encrypted at rest. */
public final class ChannelCodec {
    private record StoredProxy(int type, String proxy, String username, String password) {}

    /** How an encrypted text begins. */
    private static final String ENCRYPTED = "v1:";

    private final Encryption encryption;

    /** Creates a codec. */
    public ChannelCodec(Encryption encryption) {
        this.encryption = encryption;
    }

    Channel withId(Channel channel, long id) {
        return new Channel(
                id,
                channel.name(),
                channel.type(),
                channel.priority(),
                channel.weight(),
                channel.models(),
                channel.attempts(),
                channel.keys(),
                channel.endpoint(),
                channel.mapping(),
                channel.active(),
                channel.groups(),
                channel.proxy(),
                channel.extra());
    }

    ChannelRow row(Channel channel, Instant now) {
        ProxySetting proxy = channel.proxy();
        return new ChannelRow(
                channel.id(),
                channel.name(),
                channel.type(),
                channel.priority(),
                channel.weight(),
                json(channel.models()),
                channel.attempts(),
                encryption.encrypt(String.join("\n", channel.keys())),
                channel.endpoint(),
                channel.mapping().text(),
                channel.active(),
                json(channel.groups()),
                encryption.encrypt(json(new StoredProxy(
                        proxy.type(),
                        proxy.proxy(),
                        proxy.username(),
                        proxy.password().reveal()))),
                json(sealed(channel.extra())),
                now.toEpochMilli());
    }

    Channel channel(ChannelRow row) {
        StoredProxy proxy = read(encryption.decrypt(row.proxy()), new TypeReference<>() {});
        return new Channel(
                row.id(),
                row.name(),
                row.type(),
                row.priority(),
                row.weight(),
                read(row.models(), new TypeReference<List<String>>() {}),
                row.retry(),
                lines(encryption.decrypt(row.secret())),
                row.endpoint(),
                ModelMapping.read(row.mapper()),
                row.active(),
                new LinkedHashSet<>(read(row.userGroups(), new TypeReference<List<String>>() {})),
                new ProxySetting(proxy.type(), proxy.proxy(), proxy.username(), Secret.of(proxy.password())),
                opened(read(row.extra(), new TypeReference<Map<String, String>>() {})));
    }

    /** The operator's headers may hold credentials. */
    private Map<String, String> sealed(Map<String, String> extra) {
        Map<String, String> sealed = new HashMap<>(extra);
        sealed.replaceAll((name, text) -> HeaderMasks.is(name) ? encryption.encrypt(text) : text);
        return sealed;
    }

    private Map<String, String> opened(Map<String, String> stored) {
        Map<String, String> opened = new HashMap<>(stored);
        // Rows of earlier versions hold them as they are: JSON, which no encrypted text looks like.
        opened.replaceAll(
                (name, text) -> HeaderMasks.is(name) && text.startsWith(ENCRYPTED) ? encryption.decrypt(text) : text);
        return opened;
    }

    /** Cuts a text into trimmed lines, without empty ones. */
    static List<String> lines(String text) {
        return text.lines().map(String::trim).filter(line -> !line.isEmpty()).toList();
    }

    private static String json(Object value) {
        try {
            return Json.mapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a channel field could not be written", e);
        }
    }

    private static <T> T read(String text, TypeReference<T> type) {
        try {
            return Objects.requireNonNull(Json.mapper().readValue(text, type), "the field is empty");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a channel field could not be read", e);
        }
    }
}
