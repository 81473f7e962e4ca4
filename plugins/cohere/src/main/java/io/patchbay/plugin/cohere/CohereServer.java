package io.patchbay.plugin.cohere;

import io.patchbay.spi.ChannelView;
import io.patchbay.spi.http.HttpRequest;

/** The server a channel points at. */
record CohereServer(ChannelView channel) {
    /** Begins a POST to a path of API version 2, which an operator may have written behind the host. */
    HttpRequest.Builder post(String path) {
        return keyed(HttpRequest.post(base() + "/v2/" + path));
    }

    /** Begins a page of the model list, which only version 1 has; an empty token asks for the first. */
    HttpRequest.Builder models(String pageToken) {
        HttpRequest.Builder request =
                keyed(HttpRequest.get(base() + "/v1/models")).query("page_size", "1000");
        return pageToken.isEmpty() ? request : request.query("page_token", pageToken);
    }

    private String base() {
        return channel.endpoint().strip().replaceFirst("(?:/(?:compatibility/)?v[12](?:/chat)?)?/*$", "");
    }

    private HttpRequest.Builder keyed(HttpRequest.Builder request) {
        return request.header("Authorization", channel.secret("key").prefixed("Bearer "))
                .header("Accept", "application/json");
    }
}
