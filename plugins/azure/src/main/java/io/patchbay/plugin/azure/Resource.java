package io.patchbay.plugin.azure;

import io.patchbay.spi.ChannelView;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.toolkit.openai.OpenAiUpstream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * An Azure resource, by one of its two surfaces: the classic one names the deployment in the address and wants an API
 * version, the newer one ({@code v1}) names it in the body.
 */
record Resource(ChannelView channel) implements OpenAiUpstream {
    static final String KEY = "key";
    static final String ADDRESS = "resource";
    static final String VERSION = "apiVersion";
    static final String DOTS = "removeDots";

    private static final Pattern DATED = Pattern.compile("\\d{4}-\\d{2}-\\d{2}(-preview)?");

    @Override
    public HttpRequest.Builder post(String model, String path) {
        return keyed(HttpRequest.post(base() + operation(model, path)));
    }

    @Override
    public HttpRequest.Builder get(String path) {
        return keyed(HttpRequest.get(base() + (classic() ? "/openai/" : "/openai/v1/") + path));
    }

    private String operation(String model, String path) {
        if (!classic()) {
            return "/openai/v1/" + path;
        }
        if (path.equals("responses")) {
            return "/openai/responses";
        }
        String deployment = channel.option(DOTS).equals("false") ? model : model.replace(".", "");
        return "/openai/deployments/"
                + URLEncoder.encode(deployment, StandardCharsets.UTF_8).replace("+", "%20") + "/" + path;
    }

    private HttpRequest.Builder keyed(HttpRequest.Builder request) {
        if (classic()) {
            request.query("api-version", version());
        }
        return request.header("api-key", channel.secret(KEY));
    }

    /** The seed wrote the resource into the credential and the API version into the endpoint; both ways are understood. */
    private String base() {
        String written = channel.secret(ADDRESS).reveal();
        return (written.isEmpty() ? channel.endpoint() : written).strip().replaceAll("/+$", "");
    }

    private String version() {
        String endpoint = channel.endpoint().strip();
        return DATED.matcher(endpoint).matches()
                ? endpoint
                : channel.option(VERSION).strip();
    }

    private boolean classic() {
        return !version().isEmpty() && !version().equals("v1");
    }

    @Override
    public boolean official() {
        return true;
    }

    @Override
    public boolean strict() {
        return true;
    }
}
