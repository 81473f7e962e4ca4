package io.patchbay.plugin.anthropic;

import io.patchbay.spi.ChannelView;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.toolkit.Endpoints;
import org.jspecify.annotations.Nullable;

/** Where a channel's requests go, and what they all carry. */
record Upstream(ChannelView channel) {
    private static final String VERSION = "2023-06-01";
    private static final String MESSAGES = "messages";

    /** The most models one page holds (List models, read 2026-11). */
    private static final String PAGE = "1000";

    /** Begins a request for an answer. */
    HttpRequest.Builder messages() {
        return signed(HttpRequest.post(Endpoints.join(channel.endpoint(), MESSAGES)));
    }

    /** Begins a request for a page of the model list, the first one or the one behind that model. */
    HttpRequest.Builder models(@Nullable String after) {
        // Operators paste the address of the call that answers; the list lies beside it.
        String base = channel.endpoint().strip().replaceFirst("/" + MESSAGES + "/*$", "");
        HttpRequest.Builder request = signed(HttpRequest.get(Endpoints.join(base, "models")));
        request.query("limit", PAGE);
        return after == null ? request : request.query("after_id", after);
    }

    /** Returns the bound of answers the operator set, 0 when he set none. */
    long maxTokens() {
        String option = channel.option(AnthropicDescriptor.MAX_TOKENS).strip();
        return option.matches("\\d{1,9}") ? Long.parseLong(option) : 0;
    }

    private HttpRequest.Builder signed(HttpRequest.Builder request) {
        if (channel.option(AnthropicDescriptor.KEY_HEADER).equals(AnthropicDescriptor.BEARER)) {
            request.header(
                    "Authorization", channel.secret(AnthropicDescriptor.KEY).prefixed("Bearer "));
        } else {
            request.header("x-api-key", channel.secret(AnthropicDescriptor.KEY));
        }
        request.header("anthropic-version", VERSION);
        String betas = channel.option(AnthropicDescriptor.BETAS).replaceAll("\\s", "");
        return betas.isEmpty() ? request : request.header("anthropic-beta", betas);
    }
}
