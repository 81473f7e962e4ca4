package io.patchbay.relay.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.patchbay.foundation.json.Json;
import io.patchbay.relay.exchange.Egress;
import io.patchbay.relay.exchange.Redactor;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Secret;
import io.patchbay.spi.config.ConfigField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A channel with one of its keys, as a flow sees it. */
public final class BoundChannel implements ChannelView {
    private final Channel channel;
    private final ChannelDescriptor descriptor;
    private final Map<String, Secret> secrets;
    private final Map<String, Secret> minted;

    private BoundChannel(
            Channel channel, ChannelDescriptor descriptor, Map<String, Secret> secrets, Map<String, Secret> minted) {
        this.channel = channel;
        this.descriptor = descriptor;
        this.secrets = Map.copyOf(secrets);
        this.minted = Map.copyOf(minted);
    }

    /**
     * Binds a channel to a key line.
     *
     * @param line the parts joined by {@code |}; empty when the type needs none
     * @throws IllegalArgumentException with a sentence for the operator when a required part is missing or the endpoint
     *     must not be asked
     */
    public static BoundChannel bind(Channel channel, ChannelDescriptor descriptor, String line) {
        List<ConfigField> parts = descriptor.secretParts();
        String[] values = parts.size() <= 1 ? new String[] {line} : line.split("\\|", parts.size());
        Map<String, Secret> secrets = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            String value = i < values.length ? values[i].trim() : "";
            if (value.isEmpty() && parts.get(i).required()) {
                throw new IllegalArgumentException("channel \"" + channel.name() + "\" (" + channel.type()
                        + ") lacks the part \"" + parts.get(i).name() + "\" of its key");
            }
            secrets.put(parts.get(i).name(), Secret.of(value));
        }
        if (channel.endpoint().isEmpty() && descriptor.defaultEndpoint().isEmpty() && needsEndpoint(descriptor)) {
            throw new IllegalArgumentException("channel \"" + channel.name() + "\" needs an endpoint");
        }
        BoundChannel bound = new BoundChannel(channel, descriptor, secrets, Map.of());
        EndpointCheck.check(bound.endpoint());
        return bound;
    }

    private static boolean needsEndpoint(ChannelDescriptor descriptor) {
        return !descriptor.secretParts().isEmpty();
    }

    /** Returns this channel with minted values. */
    public BoundChannel withMinted(Map<String, Secret> values) {
        return new BoundChannel(channel, descriptor, secrets, values);
    }

    /** Returns all secrets a flow of this channel may use, to be kept out of texts; a region or the like is none. */
    public Iterable<Secret> secrets() {
        return descriptor.secretParts().stream()
                .filter(part -> part.kind() == ConfigField.Kind.SECRET)
                .map(part -> secrets.get(part.name()))
                .filter(Objects::nonNull)
                .toList();
    }

    /** Returns how requests of this channel leave. */
    public Egress egress() {
        return new Egress(channel.proxy(), channel.settings().headers(), endpoint());
    }

    /** Has the redactor keep the secrets of this channel, and what tells its upstream, out of texts. */
    public void hideIn(Redactor redactor) {
        secrets().forEach(redactor::secret);
        minted.values().forEach(redactor::secret);
        redactor.endpoint(endpoint(), channel.id());
        egress().hideIn(redactor);
    }

    @Override
    public long id() {
        return channel.id();
    }

    @Override
    public String name() {
        return channel.name();
    }

    @Override
    public String endpoint() {
        return channel.endpoint().isEmpty() ? descriptor.defaultEndpoint() : channel.endpoint();
    }

    @Override
    public Secret secret(String part) {
        Secret secret = secrets.get(part);
        if (secret == null) {
            throw new IllegalArgumentException("the descriptor declares no secret part \"" + part + "\"");
        }
        return secret;
    }

    @Override
    public @Nullable Secret minted(String name) {
        return minted.get(name);
    }

    @Override
    public String option(String field) {
        String stored = channel.extra().get(field);
        if (stored != null) {
            if (isPlainText(stored)) {
                return stored.substring(1, stored.length() - 1);
            }
            try {
                String text = Json.mapper().readTree(stored).asText();
                if (!text.isEmpty()) {
                    return text;
                }
            } catch (JsonProcessingException e) {
                return stored;
            }
        }
        return descriptor.options().stream()
                .filter(option -> option.name().equals(field))
                .map(ConfigField::fallback)
                .findFirst()
                .orElse("");
    }

    /** Most options are such, and need no parser. */
    private static boolean isPlainText(String json) {
        int end = json.length() - 1;
        return end > 1 && json.charAt(0) == '"' && json.indexOf('"', 1) == end && json.indexOf('\\') < 0;
    }
}
