package io.patchbay.plugin.stablediffusion;

import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Secret;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Addresses, credentials and answers of the WebUI. */
final class WebUi {
    static final String LOGIN = "login";

    /** The WebUI answers when the pictures are made, one job after the other. */
    static final Duration SILENCE = Duration.ofMinutes(10);

    /** Ten pictures of 2048 pixels as PNG in base64. */
    static final int LARGEST = 160 * 1024 * 1024;

    private WebUi() {}

    static HttpRequest.Builder get(ChannelView channel, String path) {
        return keyed(channel, HttpRequest.get(base(channel) + path));
    }

    static HttpRequest.Builder post(ChannelView channel, String path) {
        return keyed(channel, HttpRequest.post(base(channel) + path));
    }

    private static String base(ChannelView channel) {
        return channel.endpoint().replaceAll("/+$", "");
    }

    private static HttpRequest.Builder keyed(ChannelView channel, HttpRequest.Builder request) {
        Secret login = channel.secret(LOGIN);
        if (login.isEmpty()) {
            return request;
        }
        String pair = Base64.getEncoder().encodeToString(login.reveal().getBytes(StandardCharsets.UTF_8));
        return request.header("Authorization", Secret.of("Basic " + pair));
    }

    /** Returns the pictures of an answer in base64 without a grid, or {@code null} when it has none. */
    static @Nullable List<String> pictures(Answer answer, long wanted) {
        JsonValue body = answer.ok() ? answer.json() : null;
        if (!(body instanceof JsonObject)) {
            return null;
        }
        List<String> pictures = body.elements("images").stream()
                .map(JsonValue::string)
                .filter(picture -> picture != null && !picture.isEmpty())
                .toList();
        if (pictures.isEmpty()) {
            return null;
        }
        // With grids switched on, the first of several is the grid of all.
        return pictures.size() == wanted + 1 && wanted > 1 ? pictures.subList(1, pictures.size()) : pictures;
    }
}
