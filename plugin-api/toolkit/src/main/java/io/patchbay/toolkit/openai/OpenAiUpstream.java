package io.patchbay.toolkit.openai;

import io.patchbay.spi.http.HttpRequest;

/** The server a channel points at: addresses, credentials, and whose rules it follows. */
public interface OpenAiUpstream {
    /**
     * Begins a POST with credentials.
     *
     * @param model the model by the upstream's name, for servers that name it in the address
     * @param path behind the version, such as {@code chat/completions}
     */
    HttpRequest.Builder post(String model, String path);

    /** Begins a GET with credentials of a path behind the version. */
    HttpRequest.Builder get(String path);

    /** Returns whether OpenAI's own rules apply, which are known; other servers of the dialect take more and know less. */
    boolean official();

    /** Returns whether parameters are adapted to what OpenAI's models take. */
    boolean strict();

    /** Returns whether a model makes videos by {@code /v1/videos}; told by its name unless the server says more. */
    default boolean makesVideos(String model) {
        return ModelFamily.films(model);
    }

    /** Returns whether the order of a video is sent as JSON; OpenAI itself takes a form. */
    default boolean videosAsJson() {
        return false;
    }
}
