package io.patchbay.relay.profile;

import io.patchbay.foundation.state.Subscription;
import io.patchbay.kernel.ChannelFamilies;
import io.patchbay.kernel.ChannelTypes;
import io.patchbay.kernel.FamilyDescriptor;
import io.patchbay.kernel.Lease;
import io.patchbay.kernel.Offered;
import io.patchbay.kernel.OfferedType;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelFamily;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.Text;
import io.patchbay.spi.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** One running plugin with a family {@code toys}, whose only shipped member is {@code shipped}. Counts open leases. */
final class ToyKernel {
    final AtomicInteger leases = new AtomicInteger();
    boolean running = true;

    /** A channel type that says what it was made of. */
    record Toy(JsonObject profile) implements ChannelType {
        @Override
        public ChannelDescriptor descriptor() {
            return ChannelDescriptor.builder(profile.string("id", ""), Text.of(profile.string("name", "")))
                    .build();
        }
    }

    private static final class Toys implements ChannelFamily {
        @Override
        public String id() {
            return "toys";
        }

        @Override
        public Text name() {
            return Text.of("Toys");
        }

        @Override
        public List<ChannelType> members() {
            return profiles().stream().map(this::member).toList();
        }

        @Override
        public List<JsonObject> profiles() {
            return List.of(JsonObject.builder()
                    .put("id", "shipped")
                    .put("name", "Shipped")
                    .build());
        }

        @Override
        public ChannelType member(JsonObject profile) {
            if (profile.string("name") == null) {
                throw new IllegalArgumentException("/name: expected a text, found nothing");
            }
            if (profile.string("name", "").equals("trouble")) {
                throw new IllegalStateException("a mistake of the plugin");
            }
            return new Toy(profile);
        }
    }

    private final class Held<T> implements Lease<T> {
        private final T service;
        private boolean open = true;

        Held(T service) {
            this.service = service;
            leases.incrementAndGet();
        }

        @Override
        public T service() {
            if (!open) {
                throw new IllegalStateException("the lease was given back");
            }
            return service;
        }

        @Override
        public String pluginId() {
            return "toybox";
        }

        @Override
        public String pluginVersion() {
            return "1.0.0";
        }

        @Override
        public long generation() {
            return 7;
        }

        @Override
        public void close() {
            if (open) {
                open = false;
                leases.decrementAndGet();
            }
        }
    }

    /** Returns the channel types of the plugin. */
    ChannelTypes types() {
        return new ChannelTypes() {
            @Override
            public Optional<Lease<ChannelType>> lease(String type) {
                return running && type.equals("shipped")
                        ? Optional.of(new Held<>(new Toys().members().getFirst()))
                        : Optional.empty();
            }

            @Override
            public List<OfferedType> all() {
                ChannelDescriptor descriptor = new Toys().members().getFirst().descriptor();
                return running ? List.of(new OfferedType("shipped", descriptor, "toybox", "1.0.0", 7)) : List.of();
            }

            @Override
            public Subscription onChange(Runnable listener) {
                return () -> {};
            }
        };
    }

    /** Returns the families of the plugin. */
    ChannelFamilies families() {
        return new ChannelFamilies() {
            @Override
            public Optional<Lease<ChannelFamily>> lease(String family) {
                return running && family.equals("toys") ? Optional.of(new Held<>(new Toys())) : Optional.empty();
            }

            @Override
            public List<Offered<FamilyDescriptor>> all() {
                Toys toys = new Toys();
                FamilyDescriptor descriptor = new FamilyDescriptor(toys.id(), toys.name(), toys.profiles());
                return running ? List.of(new Offered<>(toys.id(), descriptor, "toybox", "1.0.0", 7)) : List.of();
            }
        };
    }
}
