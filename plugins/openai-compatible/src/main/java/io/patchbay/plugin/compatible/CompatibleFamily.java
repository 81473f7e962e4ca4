package io.patchbay.plugin.compatible;

import io.patchbay.spi.ChannelFamily;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.Text;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.toolkit.data.Resources;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** All vendors that speak OpenAI's dialect. Those shipped are listed in the resource {@code profiles/index.txt}. */
@Component(service = ChannelFamily.class)
public final class CompatibleFamily implements ChannelFamily {
    private static final String FOLDER = "profiles/";

    private final List<JsonObject> profiles;
    private final List<ChannelType> members;

    /** Reads the shipped profiles. */
    public CompatibleFamily() {
        List<JsonObject> read = new ArrayList<>();
        List<ChannelType> made = new ArrayList<>();
        for (String id : new String(resource("index.txt"), StandardCharsets.UTF_8).split("\\s+")) {
            JsonObject profile = Json.parse(resource(id + ".json")).asObject();
            read.add(profile);
            try {
                made.add(member(profile));
            } catch (IllegalArgumentException e) {
                throw new IllegalStateException("the profile " + id + " is wrong: " + e.getMessage(), e);
            }
        }
        profiles = List.copyOf(read);
        members = List.copyOf(made);
    }

    @Override
    public String id() {
        return "openai-compatible";
    }

    @Override
    public Text name() {
        return Text.of("OpenAI-compatible vendors", "兼容 OpenAI 的服务商");
    }

    @Override
    public List<ChannelType> members() {
        return members;
    }

    @Override
    public List<JsonObject> profiles() {
        return profiles;
    }

    @Override
    public ChannelType member(JsonObject profile) {
        return new CompatibleChannelType(VendorReading.read(profile));
    }

    private static byte[] resource(String name) {
        return Resources.read(CompatibleFamily.class, FOLDER + name);
    }
}
