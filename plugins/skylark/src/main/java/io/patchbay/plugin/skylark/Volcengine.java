package io.patchbay.plugin.skylark;

import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Secret;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.toolkit.BaseAddress;
import io.patchbay.toolkit.Endpoints;
import io.patchbay.toolkit.sign.VolcengineSigner;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server a channel points at: Ark with an API key, or the old model service with a pair of keys. */
record Volcengine(ChannelView channel) {
    private static final Pattern REGION = Pattern.compile("(?:cn|ap)-[a-z]+(?:-\\d)?");

    /** Returns whether the credential is a pair, which only the old service takes. */
    boolean paired() {
        return !channel.secret("secret_key").isEmpty();
    }

    /** Returns whether the endpoint is Ark's, where a pair of keys is of no use. */
    boolean isArk() {
        return BaseAddress.host(channel.endpoint()).startsWith("ark.")
                || channel.endpoint().contains("/api/v3");
    }

    /** Begins a POST to Ark; the endpoint may end before or behind the version. */
    HttpRequest.Builder ark(String path) {
        Secret key = channel.secret("key");
        return HttpRequest.post(Endpoints.join(BaseAddress.of(channel.endpoint(), "/api/v3"), path))
                .header("Authorization", key.prefixed("Bearer "));
    }

    /** Begins a signed chat with the old service: a public model by its name, an endpoint of the operator's by its path. */
    HttpRequest.Builder maas(String model) {
        String path = model.startsWith("ep-")
                ? "/api/v2/endpoint/" + URLEncoder.encode(model, StandardCharsets.UTF_8) + "/chat"
                : "/api/v1/chat";
        Matcher region = REGION.matcher(BaseAddress.host(channel.endpoint()));
        return HttpRequest.post(BaseAddress.origin(channel.endpoint()) + path)
                .signed(new VolcengineSigner(
                        channel.secret("key"),
                        channel.secret("secret_key"),
                        region.find() ? region.group() : "cn-beijing",
                        "ml_maas"));
    }
}
