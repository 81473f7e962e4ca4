package io.patchbay.toolkit;

import io.patchbay.spi.chat.ChatMessage;
import io.patchbay.spi.chat.ChatMessage.ToolCall;
import io.patchbay.spi.chat.ContentPart;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Predicate;

/**
 * The messages of a request, repaired for vendors with rules about roles. Immutable; each method returns a changed
 * conversation.
 */
public final class Conversation {
    private final List<ChatMessage> messages;

    private Conversation(List<ChatMessage> messages) {
        this.messages = List.copyOf(messages);
    }

    /** Returns these messages as they are. */
    public static Conversation of(List<ChatMessage> messages) {
        return new Conversation(messages);
    }

    /** Returns the messages in order. */
    public List<ChatMessage> messages() {
        return messages;
    }

    /** Returns the texts of all system and developer messages, with an empty line between them; empty when there are none. */
    public String system() {
        StringJoiner all = new StringJoiner("\n\n");
        all.setEmptyValue("");
        messages.stream()
                .filter(Conversation::isSystem)
                .map(ChatMessage::text)
                .filter(text -> !text.isEmpty())
                .forEach(all::add);
        return all.toString();
    }

    /** Returns the conversation without system and developer messages. */
    public Conversation withoutSystem() {
        return only(message -> !isSystem(message));
    }

    /** Returns the conversation with one system message at the front that says what all of them said, if there was any. */
    public Conversation systemFirst() {
        String system = system();
        if (system.isEmpty()) {
            return withoutSystem();
        }
        List<ChatMessage> all = new ArrayList<>();
        all.add(ChatMessage.of("system", system));
        all.addAll(withoutSystem().messages);
        return new Conversation(all);
    }

    /** Returns the conversation with the system texts in front of the first user message, for vendors without the role. */
    public Conversation systemInUser() {
        String system = system();
        List<ChatMessage> rest = new ArrayList<>(withoutSystem().messages);
        if (system.isEmpty()) {
            return new Conversation(rest);
        }
        for (int i = 0; i < rest.size(); i++) {
            if (rest.get(i).role().equals("user")) {
                List<ContentPart> parts = new ArrayList<>(rest.get(i).parts());
                parts.addFirst(ContentPart.text(system + "\n\n"));
                rest.set(i, ChatMessage.of("user", parts));
                return new Conversation(rest);
            }
        }
        rest.addFirst(ChatMessage.of("user", system));
        return new Conversation(rest);
    }

    /**
     * Returns the conversation with tool calls and tool results written as words, for vendors that know neither: the calls
     * become text of the assistant, the results text of the user.
     */
    public Conversation toolsAsText() {
        List<ChatMessage> all = new ArrayList<>();
        for (ChatMessage message : messages) {
            if (message.role().equals("tool") || message.role().equals("function")) {
                all.add(ChatMessage.of("user", "[result of the tool] " + message.text()));
            } else if (!message.toolCalls().isEmpty()) {
                StringJoiner text = new StringJoiner("\n");
                if (!message.text().isEmpty()) {
                    text.add(message.text());
                }
                for (ToolCall call : message.toolCalls()) {
                    text.add("[called the tool " + call.name() + " with " + call.arguments() + "]");
                }
                all.add(ChatMessage.of(message.role(), text.toString()));
            } else {
                all.add(message);
            }
        }
        return new Conversation(all);
    }

    /**
     * Returns the conversation with neighbours of the same role joined, parts and tool calls included; answers of tools stay
     * apart, because each names its call.
     */
    public Conversation merged() {
        List<ChatMessage> all = new ArrayList<>();
        for (ChatMessage message : messages) {
            ChatMessage last = all.isEmpty() ? null : all.getLast();
            if (last != null && last.role().equals(message.role()) && message.toolCallId() == null) {
                List<ContentPart> parts = new ArrayList<>(last.parts());
                parts.addAll(message.parts());
                List<ToolCall> calls = new ArrayList<>(last.toolCalls());
                calls.addAll(message.toolCalls());
                all.set(
                        all.size() - 1,
                        ChatMessage.of(last.role(), parts).withToolCalls(calls).withExtra(last.extra()));
            } else {
                all.add(message);
            }
        }
        return new Conversation(all);
    }

    /** Returns the conversation with its first message behind the system one said by the user, whoever said it. */
    public Conversation userFirst() {
        List<ChatMessage> all = new ArrayList<>(messages);
        for (int i = 0; i < all.size(); i++) {
            if (!isSystem(all.get(i))) {
                if (all.get(i).role().equals("assistant")) {
                    all.set(i, ChatMessage.of("user", all.get(i).parts()));
                }
                break;
            }
        }
        return new Conversation(all);
    }

    /** Returns the conversation without messages that have neither parts nor tool calls. */
    public Conversation withoutEmpty() {
        return only(message ->
                !message.toolCalls().isEmpty() || message.parts().stream().anyMatch(Conversation::saysSomething));
    }

    /** Returns the text of the last message of that role, empty when there is none. */
    public String last(String role) {
        return messages.reversed().stream()
                .filter(message -> message.role().equals(role))
                .findFirst()
                .map(ChatMessage::text)
                .orElse("");
    }

    /** Returns the whole as paragraphs {@code role: text}, for vendors that take one prompt. */
    public String asPrompt() {
        StringJoiner all = new StringJoiner("\n\n");
        messages.forEach(message -> all.add(message.role() + ": " + message.text()));
        return all.toString();
    }

    private Conversation only(Predicate<ChatMessage> kept) {
        return new Conversation(messages.stream().filter(kept).toList());
    }

    private static boolean saysSomething(ContentPart part) {
        return part.text() == null || !part.text().isEmpty();
    }

    private static boolean isSystem(ChatMessage message) {
        return message.role().equals("system") || message.role().equals("developer");
    }
}
