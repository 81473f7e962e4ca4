package io.patchbay.toolkit;

import io.patchbay.dialects.openai.JoinedMessages;
import io.patchbay.spi.MessageRule;
import io.patchbay.spi.Profile;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonNull;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonString;
import io.patchbay.spi.json.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** The messages of a chat as one vendor wants them, in OpenAI's form. One object serves one call. */
final class MessageEdits {
    private static final List<String> REASONING = List.of("reasoning_content", "reasoning", "reasoning_details");

    private static final String BASE64 = ";base64,";

    private final Profile profile;
    private final Set<MessageRule> rules;
    private final Set<String> lost = new TreeSet<>();

    MessageEdits(Profile profile) {
        this.profile = profile;
        this.rules = profile.messageRules();
    }

    /** Returns whether the vendor is particular about messages at all: else nobody has to look at them. */
    static boolean needed(Profile profile) {
        return !profile.messageRules().isEmpty() || !profile.roles().isEmpty() || profile.toolCallIdLength() > 0;
    }

    /** Returns what is left out, by the client's names. */
    Set<String> lost() {
        return lost;
    }

    /** Returns the messages as the vendor wants them; equal to what came in when nothing has to change. */
    JsonArray apply(JsonArray messages) {
        List<JsonObject> all = new ArrayList<>();
        for (JsonValue message : messages.elements()) {
            all.add(message instanceof JsonObject object ? object : text("user", String.valueOf(message.scalarText())));
        }
        all.replaceAll(this::changed);
        system(all);
        if (has(MessageRule.USER_FIRST)) {
            userFirst(all);
        }
        List<JsonObject> merged = has(MessageRule.MERGE_NEIGHBOURS) ? merged(all) : all;
        merged.replaceAll(this::filled);
        return new JsonArray(List.copyOf(merged));
    }

    /** Returns the messages with words behind the last one of the user's. */
    static JsonArray withPrompt(JsonArray messages, String words) {
        List<JsonValue> all = new ArrayList<>(messages.elements());
        for (int i = all.size() - 1; i >= 0; i--) {
            if ("user".equals(all.get(i).string("role"))) {
                JsonObject message = all.get(i).asObject();
                JsonValue content =
                        JoinedMessages.content(Arrays.asList(message.get("content"), new JsonString(words)), " ");
                all.set(i, message.toBuilder().put("content", content).build());
                break;
            }
        }
        return new JsonArray(all);
    }

    private boolean has(MessageRule rule) {
        return rules.contains(rule);
    }

    private JsonObject changed(JsonObject message) {
        JsonObject.Builder other = message.toBuilder();
        String role = message.string("role", "user");
        String theirs = profile.roles().get(role);
        if (theirs != null) {
            other.put("role", theirs);
        }
        if (has(MessageRule.NO_NAMES) && message.has("name")) {
            other.remove("name");
            lost.add("messages.name");
        }
        if (role.equals("assistant")) {
            reasoning(message, other);
        }
        if (message.get("content") instanceof JsonArray parts) {
            other.put("content", content(parts));
        }
        if (profile.toolCallIdLength() > 0) {
            ids(message, other);
        }
        return other.build();
    }

    private void reasoning(JsonObject message, JsonObject.Builder other) {
        if (has(MessageRule.NO_REASONING)) {
            for (String name : REASONING) {
                if (message.has(name)) {
                    other.remove(name);
                    lost.add("messages." + name);
                }
            }
        } else if (has(MessageRule.REASONING_KEPT)
                && message.string("reasoning_content") == null
                && !message.elements("tool_calls").isEmpty()) {
            // Most clients drop it; the vendors that insist on the member take an empty one.
            other.remove("reasoning").put("reasoning_content", message.string("reasoning", ""));
        }
    }

    private JsonValue content(JsonArray given) {
        JsonArray parts = !has(MessageRule.BARE_PICTURES)
                ? given
                : new JsonArray(
                        given.elements().stream().map(MessageEdits::barePicture).toList());
        boolean only = has(MessageRule.STRING_ONLY);
        if (!only && !has(MessageRule.TEXT_AS_STRING)) {
            return parts;
        }
        StringBuilder text = new StringBuilder();
        for (JsonValue part : parts.elements()) {
            String piece = part.string() == null ? part.string("text") : part.string();
            if (piece == null && !only) {
                return parts;
            }
            if (piece == null) {
                lost.add("messages." + part.string("type", "content"));
                continue;
            }
            text.append(text.isEmpty() ? "" : "\n").append(piece);
        }
        return new JsonString(text.toString());
    }

    private static JsonValue barePicture(JsonValue part) {
        if (!(part.get("image_url") instanceof JsonObject picture)) {
            return part;
        }
        String url = picture.string("url", "");
        int mark = url.startsWith("data:") ? url.indexOf(BASE64) : -1;
        if (mark < 0) {
            return part;
        }
        JsonObject bare = picture.toBuilder()
                .put("url", url.substring(mark + BASE64.length()))
                .build();
        return part.asObject().toBuilder().put("image_url", bare).build();
    }

    private void ids(JsonObject message, JsonObject.Builder other) {
        UnaryOperator<String> mapped = id -> ShortIds.of(id, profile.toolCallIdLength());
        String answered = message.string("tool_call_id");
        if (answered != null) {
            other.put("tool_call_id", mapped.apply(answered));
        }
        List<JsonValue> calls = new ArrayList<>();
        for (JsonValue call : message.elements("tool_calls")) {
            String id = call.string("id");
            calls.add(
                    id == null
                            ? call
                            : call.asObject().toBuilder()
                                    .put("id", mapped.apply(id))
                                    .build());
        }
        if (!calls.isEmpty()) {
            other.put("tool_calls", new JsonArray(calls));
        }
    }

    private void system(List<JsonObject> all) {
        boolean inUser = has(MessageRule.SYSTEM_INTO_USER);
        if (!inUser && !has(MessageRule.ONE_SYSTEM_FIRST)) {
            return;
        }
        List<JsonObject> said =
                all.stream().filter(message -> isOf(message, "system")).toList();
        if (said.isEmpty() || (!inUser && said.size() == 1 && isOf(all.getFirst(), "system"))) {
            return;
        }
        JsonValue content = JoinedMessages.content(JoinedMessages.contents(said), "\n");
        all.removeIf(message -> isOf(message, "system"));
        if (!inUser) {
            all.addFirst(said.getFirst().toBuilder().put("content", content).build());
            return;
        }
        for (int i = 0; i < all.size(); i++) {
            if (isOf(all.get(i), "user")) {
                JsonObject user = all.get(i);
                JsonValue both = JoinedMessages.content(Arrays.asList(content, user.get("content")), "\n");
                all.set(i, user.toBuilder().put("content", both).build());
                return;
            }
        }
        all.addFirst(
                JsonObject.builder().put("role", "user").put("content", content).build());
    }

    private static void userFirst(List<JsonObject> all) {
        int first = !all.isEmpty() && isOf(all.getFirst(), "system") ? 1 : 0;
        if (first >= all.size() || isOf(all.get(first), "user")) {
            return;
        }
        JsonObject message = all.get(first);
        if (isOf(message, "assistant") && message.elements("tool_calls").isEmpty()) {
            all.set(first, message.toBuilder().put("role", "user").build());
        } else {
            all.add(first, text("user", " "));
        }
    }

    private static List<JsonObject> merged(List<JsonObject> all) {
        List<JsonObject> merged = new ArrayList<>();
        for (int from = 0, to; from < all.size(); from = to) {
            to = from + 1;
            while (to < all.size() && fit(all.get(from), all.get(to))) {
                to++;
            }
            merged.add(to == from + 1 ? all.get(from) : JoinedMessages.of(all.subList(from, to)));
        }
        return merged;
    }

    private static boolean fit(JsonObject first, JsonObject second) {
        return isOf(first, second.string("role", ""))
                && JoinedMessages.joinable(first)
                && JoinedMessages.joinable(second);
    }

    private JsonObject filled(JsonObject message) {
        boolean assistant = isOf(message, "assistant");
        if (!JoinedMessages.isEmpty(message.get("content")) || !(assistant || isOf(message, "user"))) {
            return message;
        }
        boolean calls = !message.elements("tool_calls").isEmpty();
        if (has(MessageRule.EMPTY_AS_BLANK) && !calls) {
            return message.toBuilder().put("content", " ").build();
        }
        if (has(MessageRule.EMPTY_AS_STRING) && assistant) {
            return message.toBuilder().put("content", "").build();
        }
        return has(MessageRule.EMPTY_AS_NULL) && assistant && calls
                ? message.toBuilder().put("content", JsonNull.NULL).build()
                : message;
    }

    private static boolean isOf(JsonObject message, String role) {
        return role.equals(message.string("role"));
    }

    private static JsonObject text(String role, String text) {
        return JsonObject.builder().put("role", role).put("content", text).build();
    }
}
