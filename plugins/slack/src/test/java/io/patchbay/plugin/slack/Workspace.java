package io.patchbay.plugin.slack;

import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.SentRequest;
import java.util.List;

/** A workspace in which the app answers in the steps it is given; knows the app by the token that asks. */
final class Workspace implements FlowDriver.Upstream {
    static final String QUESTION = "1704441600.000100";

    private final List<String> channels;
    private final List<String> replies;

    private Workspace(List<String> channels, List<String> replies) {
        this.channels = channels;
        this.replies = replies;
    }

    /** Returns a workspace whose app answers in these steps, the last one again and again. */
    static Workspace answering(String... replies) {
        return new Workspace(List.of("general", "claude"), List.of(replies));
    }

    Workspace withChannels(String... names) {
        return new Workspace(List.of(names), replies);
    }

    /** Returns the list of messages in a thread after the app wrote that. */
    static String message(String text) {
        return "{\"user\":\"BOT\",\"text\":\"" + text + "\",\"ts\":\"1704441601.000200\"}";
    }

    @Override
    public Reply answer(SentRequest request, int index) {
        String method = request.path().substring(request.path().lastIndexOf('/') + 1);
        return switch (method) {
            case "conversations.list" -> list();
            case "conversations.create" -> Reply.json("{\"ok\":true,\"channel\":{\"id\":\"CNEW\"}}");
            case "conversations.invite" -> Reply.json("{\"ok\":true}");
            case "chat.postMessage" -> Reply.json("{\"ok\":true,\"channel\":\"C1\",\"ts\":\"" + QUESTION + "\"}");
            case "conversations.replies" -> thread(request, index);
            default -> Reply.json("{\"ok\":false,\"error\":\"unknown_method\"}");
        };
    }

    private Reply list() {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < channels.size(); i++) {
            all.append(i == 0 ? "" : ",")
                    .append("{\"id\":\"C")
                    .append(i)
                    .append("\",\"name\":\"")
                    .append(channels.get(i))
                    .append("\"}");
        }
        return Reply.json("{\"ok\":true,\"channels\":[" + all + "],\"response_metadata\":{\"next_cursor\":\"\"}}");
    }

    private Reply thread(SentRequest request, int index) {
        String bot = request.header("authorization").replace("Bearer ", "").replace("-token-", "-botId-");
        int looked = index - (channels.contains("claude") ? 2 : 4);
        String step = replies.get(Math.clamp(looked, 0, replies.size() - 1));
        String messages = step.isEmpty() ? "" : "," + step.replace("BOT", bot);
        return Reply.json("{\"ok\":true,\"messages\":[{\"user\":\"UME\",\"text\":\"question\",\"ts\":\"" + QUESTION
                + "\"}" + messages + "]}");
    }
}
