package io.patchbay.spi.task;

import io.patchbay.spi.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Work to hand in. Immutable; made by a plugin from a client's call, completed by the host. */
@ProviderType
public final class TaskOrder {
    private final String action;
    private final String model;
    private final String publicModel;
    private final String prompt;
    private final List<String> pictures;
    private final JsonObject parameters;
    private final Set<String> dropped;
    private final @Nullable String parent;
    private final @Nullable String hook;

    private TaskOrder(Builder builder, @Nullable String hook) {
        this.action = builder.action;
        this.model = builder.model;
        this.publicModel = builder.publicModel;
        this.prompt = builder.prompt;
        this.pictures = List.copyOf(builder.pictures);
        this.parameters = builder.parameters;
        this.dropped = Collections.unmodifiableSet(new TreeSet<>(builder.dropped));
        this.parent = builder.parent;
        this.hook = hook;
    }

    /**
     * Returns a builder.
     *
     * @param action what is ordered, in the plugin's words, at most 40 characters
     * @param model the model by the upstream's name
     * @param publicModel the model by the client's name
     */
    public static Builder builder(String action, String model, String publicModel) {
        return new Builder(action, model, publicModel);
    }

    /** Returns what is ordered, in the plugin's words. */
    public String action() {
        return action;
    }

    /** Returns the model by the upstream's name. */
    public String model() {
        return model;
    }

    /** Returns the model by the client's name. */
    public String publicModel() {
        return publicModel;
    }

    /** Returns the prompt, maybe empty. */
    public String prompt() {
        return prompt;
    }

    /** Returns the pictures that go with it, as data URLs, or as http(s) URLs where the offer allows those. */
    public List<String> pictures() {
        return pictures;
    }

    /**
     * Returns everything else the plugin wants to find in its submit. Of a film, {@code seconds} and {@code size} in the
     * words of OpenAI's videos are kept with the task and shown to its owner.
     */
    public JsonObject parameters() {
        return parameters;
    }

    /**
     * Returns the fields of the client's request that the upstream will not see, in order. The channel's policy decides,
     * as for {@link io.patchbay.spi.Turn#dropped}, before the work is handed in.
     */
    public Set<String> dropped() {
        return dropped;
    }

    /**
     * Returns the upstream's id of the task this one follows, or {@code null}. The host runs the order on the channel and
     * the key that made the parent, and refuses parents of other users.
     */
    public @Nullable String parent() {
        return parent;
    }

    /** Returns the address the upstream may call with news of this very task, or {@code null} when this site has none. */
    public @Nullable String hook() {
        return hook;
    }

    /** Returns this order with a hook address; the host's business. */
    public TaskOrder withHook(@Nullable String address) {
        Builder builder = new Builder(action, model, publicModel)
                .prompt(prompt)
                .parameters(parameters)
                .dropped(dropped)
                .parent(parent);
        pictures.forEach(builder::picture);
        return new TaskOrder(builder, address);
    }

    /** Collects an order; not safe for use by several threads. */
    public static final class Builder {
        private final String action;
        private final String model;
        private final String publicModel;
        private String prompt = "";
        private final List<String> pictures = new ArrayList<>();
        private JsonObject parameters = JsonObject.EMPTY;
        private final Set<String> dropped = new TreeSet<>();
        private @Nullable String parent;

        private Builder(String action, String model, String publicModel) {
            this.action = Objects.requireNonNull(action, "action is null");
            this.model = Objects.requireNonNull(model, "model is null");
            this.publicModel = Objects.requireNonNull(publicModel, "publicModel is null");
        }

        /** Sets the prompt. */
        public Builder prompt(String value) {
            this.prompt = value;
            return this;
        }

        /** Adds a picture. */
        public Builder picture(String url) {
            pictures.add(url);
            return this;
        }

        /** Sets everything else. */
        public Builder parameters(JsonObject value) {
            this.parameters = value;
            return this;
        }

        /** Adds fields of the client's request that the upstream will not see, by the names the client used. */
        public Builder dropped(Collection<String> fields) {
            dropped.addAll(fields);
            return this;
        }

        /** Sets the upstream's id of the task this one follows. */
        public Builder parent(@Nullable String upstreamId) {
            this.parent = upstreamId;
            return this;
        }

        /** Returns the order. */
        public TaskOrder build() {
            return new TaskOrder(this, null);
        }
    }
}
