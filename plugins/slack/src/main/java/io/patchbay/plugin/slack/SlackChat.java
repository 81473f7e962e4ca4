package io.patchbay.plugin.slack;

import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Memo;
import io.patchbay.spi.Next;
import io.patchbay.spi.Turn;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.chat.ChatMessage;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.Conversation;
import io.patchbay.toolkit.Flows;
import io.patchbay.toolkit.MessageParts;
import io.patchbay.toolkit.RequestFields;
import io.patchbay.toolkit.ServerConversation;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One question: the Slack channel is found or made, the question posted, the thread read until it is answered. */
final class SlackChat implements Flow<ChatEvent> {
    /** Slack, chat.postMessage, the length at which messages are refused, read 2026-11. */
    private static final int LONGEST = 40_000;

    private static final int MOST_PAGES = 20;
    private static final Duration KEEP = Duration.ofDays(7);
    private static final Memo THREAD = Memo.ofConversation("thread");

    private final SlackServer server;
    private final List<ChatMessage> messages;
    private final RequestFields fields;
    private final ServerConversation conversation;
    private final Memo known;

    SlackChat(ChatCall call, ChannelView channel) {
        this.server = new SlackServer(channel);
        this.messages = call.request().messages();
        this.fields = RequestFields.of(call.request());
        this.conversation = ServerConversation.of(THREAD, call.request());
        this.known = new Memo(Memo.Scope.KEY, "channel " + server.channelName().hashCode());
    }

    @Override
    public Next begin(Turn<ChatEvent> turn) {
        MessageParts.loseAllBut(fields, messages, "text");
        fields.reportRest(turn);
        return conversation.resume(part -> Next.recall(Set.of(known), found -> {
            String id = found.get(known);
            return id == null ? find(turn, part, "", 1) : post(turn, part, id, () -> find(turn, part, "", 1));
        }));
    }

    private Next find(Turn<ChatEvent> turn, ServerConversation.Part part, String cursor, int page) {
        HttpRequest.Builder request = server.get("conversations.list")
                .query("limit", "1000")
                .query("types", "public_channel,private_channel");
        if (!cursor.isEmpty()) {
            request.query("cursor", cursor);
        }
        return ask(request, list -> {
            for (JsonValue one : list.elements("channels")) {
                String id = one.string("id");
                if (id != null && server.channelName().equals(one.string("name"))) {
                    turn.remember(known, id, KEEP);
                    return post(turn, part, id, null);
                }
            }
            JsonValue more = list.at("response_metadata", "next_cursor");
            String next = more == null || more.string() == null ? "" : more.string();
            return next.isEmpty() || page == MOST_PAGES ? create(turn, part) : find(turn, part, next, page + 1);
        });
    }

    private Next create(Turn<ChatEvent> turn, ServerConversation.Part part) {
        JsonObject wanted =
                JsonObject.builder().put("name", server.channelName()).build();
        return ask(server.post("conversations.create", wanted), created -> {
            JsonValue made = created.get("channel");
            String id = made == null ? null : made.string("id");
            if (id == null) {
                return Next.fail(Fault.of(FaultKind.UPSTREAM, "Slack made a channel without an id"));
            }
            JsonObject guest = JsonObject.builder()
                    .put("channel", id)
                    .put("users", server.bot())
                    .build();
            return ask(server.post("conversations.invite", guest), invited -> {
                turn.remember(known, id, KEEP);
                return post(turn, part, id, null);
            });
        });
    }

    /** Posts the question; {@code lost} finds the Slack channel anew when it is no longer where it was. */
    private Next post(Turn<ChatEvent> turn, ServerConversation.Part part, String id, @Nullable Supplier<Next> lost) {
        String prompt = part.isContinued()
                ? part.text()
                : Conversation.of(part.messages()).toolsAsText().withoutEmpty().asPrompt();
        String text = "<@" + server.bot() + ">\n" + Markup.escaped(prompt);
        if (text.length() > LONGEST) {
            return Next.fail(Fault.of(FaultKind.TOO_LONG, "a message in Slack has at most " + LONGEST + " characters"));
        }
        JsonObject message = JsonObject.builder()
                .put("channel", id)
                .put("text", text)
                .putIfPresent("thread_ts", part.id())
                .build();
        return Flows.send(
                server.post("chat.postMessage", message),
                built -> Next.ask(built, answer -> {
                    JsonValue posted = answer.json();
                    String stamp = posted == null || !posted.flag("ok", false) ? null : posted.string("ts");
                    if (answer.ok() && stamp != null) {
                        String thread = part.id() == null ? stamp : part.id();
                        return new ThreadReader(turn, server, id, thread, stamp, conversation).begin();
                    }
                    String error = SlackServer.error(answer);
                    if (lost != null && error.equals("channel_not_found")) {
                        return lost.get();
                    }
                    return part.isContinued() && error.equals("thread_not_found")
                            ? post(turn, conversation.whole(), id, lost)
                            : Next.fail(SlackServer.fault(answer));
                }));
    }

    private static Next ask(HttpRequest.Builder request, Function<JsonValue, Next> then) {
        return Flows.send(
                request,
                built -> Next.ask(built, answer -> {
                    JsonValue body = answer.json();
                    return answer.ok() && body != null && body.flag("ok", false)
                            ? then.apply(body)
                            : Next.fail(SlackServer.fault(answer));
                }));
    }
}
