package io.patchbay.server.vendor;

import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;
import java.net.URI;
import java.util.Map;

/** A Slack workspace with the Claude app in it, which writes its reply in two steps. */
public final class SlackVendor implements Vendor {
    private static final String BOT = "UVENDOR01";
    private static final String TOKEN = "xoxp-vendor-0123456789";

    @Override
    public String plugin() {
        return "slack";
    }

    @Override
    public String type() {
        return "slack";
    }

    @Override
    public String model() {
        return "claude-slack";
    }

    @Override
    public String secret() {
        return BOT + "|" + TOKEN;
    }

    @Override
    public String endpoint(URI upstream) {
        return upstream + "/api";
    }

    @Override
    public Map<String, Object> options() {
        return Map.of("channelName", "ask-claude");
    }

    /** Slack tells no usage. */
    @Override
    public long[] usage() {
        return new long[0];
    }

    @Override
    public Script answer(ReceivedRequest request) {
        if (!("Bearer " + TOKEN).equals(request.header("authorization"))) {
            return refusal("invalid_auth");
        }
        return switch (request.method() + " " + request.path()) {
            case "GET /api/conversations.list" ->
                Script.answer()
                        .json("{\"ok\":true,\"channels\":[{\"id\":\"C1\",\"name\":\"general\"},"
                                + "{\"id\":\"C2\",\"name\":\"ask-claude\"}],"
                                + "\"response_metadata\":{\"next_cursor\":\"\"}}");
            case "POST /api/chat.postMessage" -> posted(request);
            case "GET /api/conversations.replies" -> replies(request);
            default -> refusal("unknown_method");
        };
    }

    /** The stamp holds the number of the request, so that the reply knows how often the thread was looked at. */
    private static Script posted(ReceivedRequest request) {
        JsonValue body = request.json();
        if (!"C2".equals(body.string("channel"))) {
            return refusal("channel_not_found");
        }
        if (!body.string("text", "").startsWith("<@" + BOT + ">\n")) {
            return refusal("no_text");
        }
        return Script.answer().json("{\"ok\":true,\"channel\":\"C2\",\"ts\":\"" + stamp(request.number()) + "\"}");
    }

    private static Script replies(ReceivedRequest request) {
        String query = request.query();
        if (!query.contains("channel=C2")) {
            return refusal("channel_not_found");
        }
        boolean first = query.contains("ts=" + stamp(request.number() - 1));
        String text = first ? "Good \\n\\n_Typing\u2026_" : TEXT;
        return Script.answer()
                .json("{\"ok\":true,\"messages\":[{\"user\":\"" + BOT + "\",\"text\":\"" + text
                        + "\",\"ts\":\"1799999999.000200\"}]}");
    }

    private static String stamp(long number) {
        return "1704441600.%06d".formatted(number);
    }

    /** Slack refuses with the status 200. */
    private static Script refusal(String error) {
        return Script.answer().json("{\"ok\":false,\"error\":\"" + error + "\"}");
    }
}
