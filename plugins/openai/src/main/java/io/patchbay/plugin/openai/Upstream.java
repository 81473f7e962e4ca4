package io.patchbay.plugin.openai;

import io.patchbay.spi.ChannelView;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.toolkit.Endpoints;
import java.util.regex.Pattern;

/** The server a channel points at: addresses, credentials, and whether it is OpenAI itself. */
record Upstream(ChannelView channel) {
    private static final Pattern OFFICIAL =
            Pattern.compile("(?i)https://([a-z0-9-]+\\.)*api\\.openai\\.com([:/?#].*)?");

    static Upstream of(ChannelView channel) {
        return new Upstream(channel);
    }

    /** Returns whether this is OpenAI's own server, whose rules are known; regional hosts included. */
    boolean official() {
        return OFFICIAL.matcher(channel.endpoint()).matches();
    }

    /** Returns whether parameters are adapted to what OpenAI's models take. */
    boolean strict() {
        return !channel.option(OpenAiDescriptor.STRICT_PARAMETERS).equals("false");
    }

    /** Begins a POST to a path behind the version. */
    HttpRequest.Builder post(String path) {
        return signed(HttpRequest.post(Endpoints.join(channel.endpoint(), path)));
    }

    /** Begins a GET of a path behind the version. */
    HttpRequest.Builder get(String path) {
        return signed(HttpRequest.get(Endpoints.join(channel.endpoint(), path)));
    }

    private HttpRequest.Builder signed(HttpRequest.Builder request) {
        request.header("Authorization", channel.secret(OpenAiDescriptor.KEY).prefixed("Bearer "));
        header(request, "OpenAI-Organization", channel.option(OpenAiDescriptor.ORGANIZATION));
        header(request, "OpenAI-Project", channel.option(OpenAiDescriptor.PROJECT));
        return request;
    }

    private static void header(HttpRequest.Builder request, String name, String value) {
        if (!value.isBlank()) {
            request.header(name, value.strip());
        }
    }
}
