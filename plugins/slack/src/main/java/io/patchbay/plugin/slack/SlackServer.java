package io.patchbay.plugin.slack;

import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.FaultCodes;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Slack's web API, and what a channel says of it. */
record SlackServer(ChannelView channel) {
    /** Slack's error codes of the methods used here, read 2026-11. */
    private static final FaultCodes CODES = FaultCodes.of(kinds());

    private static Map<String, FaultKind> kinds() {
        Map<FaultKind, List<String>> kinds = Map.of(
                FaultKind.KEY_DEAD,
                List.of(
                        "invalid_auth",
                        "not_authed",
                        "token_revoked",
                        "token_expired",
                        "account_inactive",
                        "missing_scope",
                        "restricted_action",
                        "no_permission"),
                FaultKind.CONFIG,
                List.of("channel_not_found", "is_archived", "not_in_channel", "user_not_found", "name_taken"),
                FaultKind.RATE,
                List.of("ratelimited"),
                FaultKind.TOO_LONG,
                List.of("msg_too_long"));
        Map<String, FaultKind> codes = new HashMap<>();
        kinds.forEach((kind, names) -> names.forEach(name -> codes.put(name, kind)));
        return codes;
    }

    /** Returns the Slack channel's name: the seed's operators wrote it in place of an address. */
    String channelName() {
        String name = isAddress() ? channel.option(SlackDescriptor.CHANNEL_NAME) : channel.endpoint();
        return name.strip().replaceFirst("^#", "").toLowerCase(Locale.ROOT);
    }

    /** Returns the app's user id. */
    String bot() {
        return channel.secret(SlackDescriptor.BOT).reveal();
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
        return answer.ok() && !error.isEmpty() ? CODES.fault(error, null) : answer.fault();
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
        return isAddress() ? channel.endpoint().strip().replaceFirst("/*$", "") : SlackDescriptor.ADDRESS;
    }

    private HttpRequest.Builder keyed(HttpRequest.Builder request) {
        return request.header(
                "Authorization", channel.secret(SlackDescriptor.TOKEN).prefixed("Bearer "));
    }
}
