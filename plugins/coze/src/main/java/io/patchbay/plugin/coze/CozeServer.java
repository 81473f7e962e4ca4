package io.patchbay.plugin.coze;

import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Turn;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;

/** The server a channel points at. */
record CozeServer(ChannelView channel) {
    /** Begins a POST; pasted paths of a call at the end of the endpoint are passed over. */
    HttpRequest.Builder post(String path) {
        return keyed(HttpRequest.post(base() + path));
    }

    HttpRequest.Builder post(String path, JsonObject body) {
        return post(path).body(Body.json(body));
    }

    HttpRequest.Builder get(String path) {
        return keyed(HttpRequest.get(base() + path));
    }

    /** Returns the member that names the app of a workflow, nothing where the operator named none. */
    JsonObject app() {
        String id = channel.option("appId");
        return id.isEmpty()
                ? JsonObject.EMPTY
                : JsonObject.builder().put("app_id", id).build();
    }

    /** Keeps Coze's trace id in the request log: its support asks for it. */
    static JsonValue read(Turn<?> turn, Answer answer) {
        String trace = answer.header("x-tt-logid");
        if (trace != null) {
            turn.note("logid", trace);
        }
        JsonValue body = answer.json();
        return body == null ? JsonObject.EMPTY : body;
    }

    /** Returns the data of an answer that says it went well, else an empty object. */
    static JsonObject data(JsonValue body) {
        JsonValue data = body.get("data");
        return data == null || body.longValue("code", 0) != 0 ? JsonObject.EMPTY : data.asObject();
    }

    private String base() {
        return channel.endpoint().strip().replaceFirst("(?:/v[123](?:/chat)?)?/*$", "");
    }

    private HttpRequest.Builder keyed(HttpRequest.Builder request) {
        return request.header("Authorization", channel.secret("key").prefixed("Bearer "));
    }
}
