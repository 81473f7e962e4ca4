package io.patchbay.plugin.cohere;

import io.patchbay.spi.ChannelView;
import io.patchbay.spi.http.HttpRequest;

/** The server a channel points at. */
record CohereServer(ChannelView channel) {
    /** Begins a POST to a path of API version 2, which an operator may have written behind the host. */
    HttpRequest.Builder post(String path) {
        return keyed(HttpRequest.post(base() + "/v2/" + path));
    }

    /** Begins a GET of a path of version 1, where the models are listed. */
    HttpRequest.Builder get(String path) {
        return keyed(HttpRequest.get(base() + "/v1/" + path));
    }

    private String base() {
        return channel.endpoint().strip().replaceFirst("(?:/(?:compatibility/)?v[12](?:/chat)?)?/*$", "");
    }

    private HttpRequest.Builder keyed(HttpRequest.Builder request) {
        return request.header(
                        "Authorization", channel.secret(CohereDescriptor.KEY).prefixed("Bearer "))
                .header("Accept", "application/json");
    }
}
