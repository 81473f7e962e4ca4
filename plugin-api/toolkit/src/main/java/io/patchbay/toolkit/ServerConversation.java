package io.patchbay.toolkit;

import io.patchbay.spi.Memo;
import io.patchbay.spi.Next;
import io.patchbay.spi.Turn;
import io.patchbay.spi.chat.ChatMessage;
import io.patchbay.spi.chat.ChatRequest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The conversation a vendor keeps on its side, beside the history a client sends whole each time. Where the vendor's one
 * is known and ends where the client's newest messages begin, it is continued and gets those only; else the vendor gets
 * the whole history. So an edited or repeated question does not continue a conversation that went another way. One object
 * serves one run.
 */
public final class ServerConversation {
    private static final Duration KEEP = Duration.ofDays(30);

    private final Memo memo;
    private final List<ChatMessage> all;
    private final List<ChatMessage> seen;
    private final List<ChatMessage> newest;

    private ServerConversation(Memo memo, List<ChatMessage> all, int answered) {
        this.memo = memo;
        this.all = List.copyOf(all);
        this.seen = this.all.subList(0, answered);
        this.newest = Conversation.of(this.all.subList(answered, this.all.size()))
                .withoutSystem()
                .messages();
    }

    /**
     * What to send.
     *
     * @param id the vendor's conversation to continue, or {@code null} for a new one
     * @param messages the newest ones of a conversation that is continued, else all
     */
    public record Part(@Nullable String id, List<ChatMessage> messages) {
        public Part {
            messages = List.copyOf(messages);
        }

        /** Returns whether a conversation of the vendor's is continued. */
        public boolean isContinued() {
            return id != null;
        }

        /** Returns the messages as one text, for vendors that take no more: one as it is, several as who said what. */
        public String text() {
            List<ChatMessage> told = Conversation.of(messages)
                    .toolsAsText()
                    .systemInUser()
                    .withoutEmpty()
                    .merged()
                    .messages();
            return told.size() == 1
                    ? told.getFirst().text()
                    : Conversation.of(told).asPrompt();
        }
    }

    /** Returns the conversation behind that request; the vendor's id of it is remembered under that memo. */
    public static ServerConversation of(Memo memo, ChatRequest request) {
        List<ChatMessage> messages = request.messages();
        int answered = messages.size();
        while (answered > 0 && !messages.get(answered - 1).role().equals("assistant")) {
            answered--;
        }
        return new ServerConversation(memo, messages, answered);
    }

    /** Returns the whole history, for a new conversation of the vendor's. */
    public Part whole() {
        return new Part(null, all);
    }

    /** Looks up whether the vendor knows the conversation, and goes on with what to send. */
    public Next resume(Function<Part, Next> then) {
        return Next.recall(Set.of(memo), known -> then.apply(part(known.get(memo))));
    }

    /** Has the vendor's conversation remembered, once it knows all messages of this request. */
    public void remember(Turn<?> turn, @Nullable String id) {
        if (id != null && !id.isEmpty()) {
            turn.remember(memo, mark(all) + " " + id, KEEP);
        }
    }

    private Part part(@Nullable String remembered) {
        int blank = remembered == null ? -1 : remembered.indexOf(' ');
        if (remembered == null || blank < 0 || newest.isEmpty()) {
            return whole();
        }
        boolean goesOn = remembered.substring(0, blank).equals(mark(seen));
        return goesOn ? new Part(remembered.substring(blank + 1), newest) : whole();
    }

    /** Tells questions apart; a wrong match would continue a conversation that should begin anew, no more. */
    private static String mark(List<ChatMessage> messages) {
        for (ChatMessage message : messages.reversed()) {
            if (message.role().equals("user") || message.role().equals("tool")) {
                String text = message.text();
                return text.length() + "-" + Integer.toHexString(text.hashCode());
            }
        }
        return "none";
    }
}
