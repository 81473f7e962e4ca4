package io.patchbay.plugin.slack;

import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Next;
import io.patchbay.spi.Turn;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.ChatWriter;
import io.patchbay.toolkit.Cumulative;
import io.patchbay.toolkit.Flows;
import io.patchbay.toolkit.Polling;
import io.patchbay.toolkit.ServerConversation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Looks into a thread again and again: the app writes one message and changes it until it is complete. */
final class ThreadReader {
    /** How long the app may take. */
    private static final Duration MOST = Duration.ofMinutes(5);

    private final Turn<ChatEvent> turn;
    private final SlackServer server;
    private final String channel;
    private final String thread;
    private final String question;
    private final ServerConversation conversation;
    private final ChatWriter writer;
    private final Cumulative told = new Cumulative();
    private final Polling polling;

    /**
     * Creates a reader.
     *
     * @param thread the time stamp that names the thread
     * @param question the time stamp of the question; what is not newer is no answer to it
     */
    ThreadReader(
            Turn<ChatEvent> turn,
            SlackServer server,
            String channel,
            String thread,
            String question,
            ServerConversation conversation) {
        this.turn = turn;
        this.server = server;
        this.channel = channel;
        this.thread = thread;
        this.question = question;
        this.conversation = conversation;
        this.writer = new ChatWriter(turn).started(thread, null);
        this.polling = Polling.of(turn, MOST);
    }

    Next begin() {
        return polling.again(this::look);
    }

    private Next look() {
        // The first message of the thread may come along, so more than one is asked for.
        return Flows.send(
                server.get("conversations.replies")
                        .query("channel", channel)
                        .query("ts", thread)
                        .query("oldest", question)
                        .query("limit", "10"),
                built -> Next.ask(built, this::seen));
    }

    private Next seen(Answer answer) {
        JsonValue body = answer.json();
        if (!answer.ok() || body == null || !body.flag("ok", false)) {
            return polling.refused(SlackServer.fault(answer), this::look);
        }
        JsonValue newest = null;
        String notice = "";
        for (JsonValue message : body.elements("messages")) {
            if (!server.bot().equals(message.string("user"))
                    || message.string("ts", "").compareTo(question) <= 0) {
                continue;
            }
            JsonValue kind = message.at("metadata", "event_type");
            String event = kind == null || kind.string() == null ? "" : kind.string();
            if (event.equals("claude_moderation") || event.equals("claude_error_message")) {
                notice = event;
            } else if (newest == null || message.string("ts", "").compareTo(newest.string("ts", "")) > 0) {
                newest = message;
            }
        }
        return newest == null && !notice.isEmpty() ? noticed(notice) : said(newest);
    }

    private Next said(@Nullable JsonValue message) {
        String text = message == null ? "" : message.string("text", "");
        if (text.isBlank()) {
            return polling.again(this::look);
        }
        writer.text(told.next(Markup.plain(text)));
        if (Markup.isTyping(text)) {
            return polling.again(this::look);
        }
        conversation.remember(turn, thread);
        return writer.done();
    }

    private static Next noticed(String notice) {
        return Next.fail(
                notice.equals("claude_moderation")
                        ? Fault.of(FaultKind.CONTENT, "the app declined to answer")
                        : Fault.of(FaultKind.UPSTREAM, "the app reported an error"));
    }
}
