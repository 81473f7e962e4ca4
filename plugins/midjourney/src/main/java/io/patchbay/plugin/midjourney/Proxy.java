package io.patchbay.plugin.midjourney;

import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Secret;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonObject;
import java.util.Locale;

/** Addresses, credentials and codes of a midjourney-proxy. */
final class Proxy {
    static final String SECRET = "secret";

    private Proxy() {}

    static HttpRequest.Builder submit(ChannelView channel, String what, JsonObject body) {
        return keyed(channel, HttpRequest.post(base(channel) + "/mj/submit/" + what))
                .body(Body.json(body))
                .creating();
    }

    static HttpRequest.Builder fetch(ChannelView channel, String taskId) {
        return keyed(channel, HttpRequest.get(base(channel) + "/mj/task/" + taskId + "/fetch"));
    }

    private static String base(ChannelView channel) {
        return channel.endpoint().replaceAll("/+$", "").replaceAll("/mj$", "");
    }

    private static HttpRequest.Builder keyed(ChannelView channel, HttpRequest.Builder request) {
        Secret secret = channel.secret(SECRET);
        return secret.isEmpty() || secret.reveal().equals("null") ? request : request.header("mj-api-secret", secret);
    }

    /** Returns why a task failed, by the words of the proxy; there are no codes at this place. */
    static Fault failure(String reason) {
        String words = reason.toLowerCase(Locale.ROOT);
        FaultKind kind = FaultKind.UPSTREAM;
        if (words.matches("(?s).*(banned|moderat|policy|policies|sensitive).*")) {
            kind = FaultKind.CONTENT;
        } else if (words.matches("(?s).*(invalid param|unrecognized param).*")) {
            kind = FaultKind.BAD_REQUEST;
        } else if (words.matches("(?s).*(subscription|credits|pending mod|captcha).*")) {
            kind = FaultKind.QUOTA;
        }
        return Fault.of(kind, "task failed: " + (reason.isBlank() ? "no reason was given" : reason));
    }
}
