package io.patchbay.plugin.anthropic;

import io.patchbay.spi.ChannelView;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.toolkit.Endpoints;

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

    /** Begins a request for a page of the model list, the one behind that model; the empty one asks for the first. */
    HttpRequest.Builder models(String after) {
        // Operators paste the address of the call that answers; the list lies beside it.
        String base = channel.endpoint().strip().replaceFirst("/" + MESSAGES + "/*$", "");
        HttpRequest.Builder request = signed(HttpRequest.get(Endpoints.join(base, "models")));
        request.query("limit", PAGE);
        return after.isEmpty() ? request : request.query("after_id", after);
    }

    /** Returns the bound of answers the operator set, 0 when he set none. */
    long maxTokens() {
        String option = channel.option("maxTokens").strip();
        return option.matches("\\d{1,9}") ? Long.parseLong(option) : 0;
    }

    private HttpRequest.Builder signed(HttpRequest.Builder request) {
        if (channel.option("keyHeader").equals("authorization")) {
            request.header("Authorization", channel.secret("key").prefixed("Bearer "));
        } else {
            request.header("x-api-key", channel.secret("key"));
        }
        request.header("anthropic-version", VERSION);
        String betas = channel.option("betas").replaceAll("\\s", "");
        return betas.isEmpty() ? request : request.header("anthropic-beta", betas);
    }
}
