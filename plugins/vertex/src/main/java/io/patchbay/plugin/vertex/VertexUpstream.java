package io.patchbay.plugin.vertex;

import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Secret;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.toolkit.google.ModelPath;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The place of Vertex AI a channel uses.
 *
 * @param location begins every address: server, version, project and region
 */
record VertexUpstream(String location, Secret token) {
    static final String DEFAULT_ENDPOINT = "https://aiplatform.googleapis.com";

    private static final String GLOBAL = "global";
    private static final Pattern VERSION = Pattern.compile("/v\\d+[a-z0-9]*$");
    private static final Pattern TUNED = Pattern.compile("\\d{6,}");

    /** Returns the place, or {@code null} when the project is unknown. */
    static @Nullable VertexUpstream of(ChannelView channel, ServiceAccount account, Secret token) {
        String option = channel.option("project").strip();
        String project = option.isEmpty() ? account.project() : option;
        if (project.isEmpty()) {
            return null;
        }
        String region = channel.option("region").strip();
        region = region.isEmpty() ? GLOBAL : region;
        return new VertexUpstream(
                base(channel.endpoint(), region) + "/projects/" + ModelPath.encoded(project) + "/locations/"
                        + ModelPath.encoded(region),
                token);
    }

    /** Each region has a host of its own; a server an operator names is taken as it is. */
    private static String base(String endpoint, String region) {
        String address = endpoint.strip().replaceFirst("/*#?$", "");
        if (address.equals(DEFAULT_ENDPOINT)) {
            address = switch (region) {
                case GLOBAL -> DEFAULT_ENDPOINT;
                case "us", "eu" -> "https://aiplatform." + region + ".rep.googleapis.com";
                default -> "https://" + ModelPath.encoded(region) + "-aiplatform.googleapis.com";
            };
        }
        return VERSION.matcher(address).find() ? address : address + "/v1";
    }

    /** Begins a call of a method of a publisher's model; a number names the endpoint of a tuned model. */
    HttpRequest.Builder post(String publisher, String model, String method) {
        String name = model.substring(model.lastIndexOf('/') + 1);
        String path = TUNED.matcher(name).matches()
                ? "/endpoints/" + name
                : "/publishers/" + publisher + "/models/" + ModelPath.encoded(name);
        return post(path + ":" + method);
    }

    /** Begins the chat of a model of Google's. */
    HttpRequest.Builder content(String model, boolean stream) {
        return stream
                ? post("google", model, "streamGenerateContent").query("alt", "sse")
                : post("google", model, "generateContent");
    }

    /** Begins the chat of an open model, all of which share one address. */
    HttpRequest.Builder openModels() {
        return post("/endpoints/openapi/chat/completions");
    }

    private HttpRequest.Builder post(String path) {
        return HttpRequest.post(location + path).header("Authorization", token.prefixed("Bearer "));
    }
}
