package io.patchbay.plugin.slack;

import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Fault;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.util.Locale;

/** Slack's web API, and what a channel says of it. */
record SlackServer(ChannelView channel) {
    private static final String ADDRESS = "https://slack.com/api";

    /** Returns the Slack channel's name: the seed's operators wrote it in place of an address. */
    String channelName() {
        String name = isAddress() ? channel.option("channelName") : channel.endpoint();
        return name.strip().replaceFirst("^#", "").toLowerCase(Locale.ROOT);
    }

    /** Returns the app's user id. */
    String bot() {
        return channel.secret("botId").reveal();
    }

    HttpRequest.Builder get(String method) {
        return keyed(HttpRequest.get(address() + "/" + method));
    }

    HttpRequest.Builder post(String method, JsonObject body) {
        return keyed(HttpRequest.post(address() + "/" + method)).body(Body.json(body));
    }

    /** Returns what went wrong; most of it comes with the status 200. */
    static Fault fault(Answer answer) {
        String error = error(answer);
        return answer.ok() && !error.isEmpty() ? SlackChannelType.FILE.faults().fault(error, null) : answer.fault();
    }

    /** Returns Slack's word for what went wrong, empty when there is none. */
    static String error(Answer answer) {
        JsonValue body = answer.json();
        return body == null ? "" : body.string("error", "");
    }

    private boolean isAddress() {
        return channel.endpoint().contains("://");
    }

    private String address() {
        return isAddress() ? channel.endpoint().strip().replaceFirst("/*$", "") : ADDRESS;
    }

    private HttpRequest.Builder keyed(HttpRequest.Builder request) {
        return request.header("Authorization", channel.secret("token").prefixed("Bearer "));
    }
}
