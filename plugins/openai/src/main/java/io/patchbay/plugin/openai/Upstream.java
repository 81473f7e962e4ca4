package io.patchbay.plugin.openai;

import io.patchbay.spi.ChannelView;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.toolkit.Endpoints;
import io.patchbay.toolkit.openai.OpenAiUpstream;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The server a channel points at: addresses, credentials, and whether it is OpenAI itself. */
record Upstream(ChannelView channel) implements OpenAiUpstream {
    private static final Pattern OFFICIAL =
            Pattern.compile("(?i)https://([a-z0-9-]+\\.)*api\\.openai\\.com([:/?#].*)?");

    /** Returns whether this is OpenAI's own server, whose rules are known; regional hosts included. */
    @Override
    public boolean official() {
        return OFFICIAL.matcher(channel.endpoint()).matches();
    }

    /** Returns whether parameters are adapted to what OpenAI's models take. */
    @Override
    public boolean strict() {
        return !channel.option("strictParameters").equals("false");
    }

    @Override
    public boolean makesVideos(String model) {
        return OpenAiUpstream.super.makesVideos(model)
                || Stream.of(channel.option("videoModels").split(","))
                        .map(name -> name.strip().toLowerCase(Locale.ROOT))
                        .anyMatch(name -> isNamed(model.toLowerCase(Locale.ROOT), name));
    }

    private static boolean isNamed(String model, String name) {
        return name.endsWith("*") ? model.startsWith(name.substring(0, name.length() - 1)) : model.equals(name);
    }

    @Override
    public boolean videosAsJson() {
        return channel.option("videosAsJson").equals("true");
    }

    @Override
    public HttpRequest.Builder post(String model, String path) {
        return signed(HttpRequest.post(Endpoints.join(channel.endpoint(), path)));
    }

    @Override
    public HttpRequest.Builder get(String path) {
        return signed(HttpRequest.get(Endpoints.join(channel.endpoint(), path)));
    }

    private HttpRequest.Builder signed(HttpRequest.Builder request) {
        request.header("Authorization", channel.secret("key").prefixed("Bearer "));
        header(request, "OpenAI-Organization", channel.option("organization"));
        header(request, "OpenAI-Project", channel.option("project"));
        return request;
    }

    private static void header(HttpRequest.Builder request, String name, String value) {
        if (!value.isBlank()) {
            request.header(name, value.strip());
        }
    }
}
