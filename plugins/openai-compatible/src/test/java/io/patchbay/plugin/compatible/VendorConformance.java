package io.patchbay.plugin.compatible;

import io.patchbay.spi.Balance;
import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import io.patchbay.testkit.conformance.ChannelTypeConformance;
import io.patchbay.testkit.conformance.Fixture;
import io.patchbay.testkit.host.FlowRun;
import java.util.Map;
import java.util.stream.Collectors;

/** The whole suite for one shipped vendor. */
abstract class VendorConformance extends ChannelTypeConformance {
    static final String TOOLS =
            ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\",\"parameters\":"
                    + "{\"type\":\"object\"}}},{\"type\":\"function\",\"function\":{\"name\":\"get_time\"}}]";

    private final String vendor;

    VendorConformance(String vendor) {
        this.vendor = vendor;
    }

    @Override
    protected ChannelType type() {
        return new CompatibleFamily()
                .members().stream()
                        .filter(type -> type.descriptor().id().equals(vendor))
                        .findFirst()
                        .orElseThrow();
    }

    static Fixture golden(String name, String body, String transcript) {
        return Fixture.chat(name, body).transcript(VendorConformance.class, transcript);
    }

    /** Returns a fixture that asks for the balance. */
    static Fixture balance(String name, String transcript) {
        return Fixture.of(name, (type, channel) -> type.balance(channel))
                .transcript(VendorConformance.class, transcript)
                .shows(Capability.BALANCE);
    }

    /** Demands these balances, each as currency, amount and part. */
    static void told(FlowRun<?> run, String balances) {
        String found = run.events().stream()
                .map(event -> (Balance) event)
                .map(one -> (one.currency() + " " + one.left().toPlainString() + " " + one.part()).strip())
                .collect(Collectors.joining("; "));
        if (!found.equals(balances)) {
            throw new AssertionError("expected " + balances + ", found " + found);
        }
    }

    static String chat(String model, boolean stream, String more) {
        return "{\"model\":\"" + model + "\",\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Grüß Gott, 你好\"}]" + more + "}";
    }

    /** Demands members of the body that was sent; a {@code null} text stands for a missing one. */
    static void sent(FlowRun<?> run, Map<String, String> members) {
        members.forEach((name, json) -> {
            Object found = run.sent().getFirst().json().get(name);
            if (!json.equals(String.valueOf(found))) {
                throw new AssertionError("expected " + name + " as " + json + ", found " + found);
            }
        });
    }
}
