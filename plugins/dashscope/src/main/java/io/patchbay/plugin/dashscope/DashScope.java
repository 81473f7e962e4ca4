package io.patchbay.plugin.dashscope;

import io.patchbay.spi.ChannelView;
import io.patchbay.spi.http.HttpRequest;

/** The server a channel points at. */
record DashScope(ChannelView channel) {
    /** Begins a POST; an operator may have written the endpoint of either API. */
    HttpRequest.Builder post(String path) {
        return begun(HttpRequest.post(base() + path));
    }

    /** Begins a GET. */
    HttpRequest.Builder get(String path) {
        return begun(HttpRequest.get(base() + path));
    }

    private String base() {
        return channel.endpoint().strip().replaceAll("/+$", "").replaceAll("/(api|compatible-mode)/v1(/.*)?$", "");
    }

    private HttpRequest.Builder begun(HttpRequest.Builder request) {
        request.header("Authorization", channel.secret("key").prefixed("Bearer "));
        String workspace = channel.option("workspace").strip();
        return workspace.isEmpty() ? request : request.header("X-DashScope-WorkSpace", workspace);
    }
}
