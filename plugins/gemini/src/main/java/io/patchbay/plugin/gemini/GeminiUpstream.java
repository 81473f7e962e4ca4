package io.patchbay.plugin.gemini;

import io.patchbay.spi.ChannelView;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.toolkit.google.ModelPath;
import java.util.regex.Pattern;

/** The server a channel points at. The key goes into a header, never into the address. */
record GeminiUpstream(ChannelView channel) {
    /** What operators paste behind the version: the list of models, or the way for programs that know OpenAI only. */
    private static final Pattern TAIL = Pattern.compile("(?:/(?:openai|models))?/*#?$");

    private static final Pattern VERSION = Pattern.compile("/v\\d+[a-z0-9]*$");

    /** Begins a call of a method, such as {@code generateContent}, of a model. */
    HttpRequest.Builder post(String model, String method) {
        return HttpRequest.post(base() + "/" + ModelPath.of(model) + ":" + method)
                .header("x-goog-api-key", channel.secret("key"));
    }

    /** Begins the chat of a model. */
    HttpRequest.Builder chat(String model, boolean stream) {
        return stream ? post(model, "streamGenerateContent").query("alt", "sse") : post(model, "generateContent");
    }

    /** Begins a page of the model list; an empty token asks for the first. */
    HttpRequest.Builder models(String pageToken) {
        HttpRequest.Builder request = HttpRequest.get(base() + "/models")
                .header("x-goog-api-key", channel.secret("key"))
                .query("pageSize", "1000");
        return pageToken.isEmpty() ? request : request.query("pageToken", pageToken);
    }

    private String base() {
        String address = TAIL.matcher(channel.endpoint().strip()).replaceFirst("");
        return VERSION.matcher(address).find() ? address : address + "/v1beta";
    }
}
