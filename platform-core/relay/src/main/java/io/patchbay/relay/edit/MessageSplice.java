package io.patchbay.relay.edit;

import io.patchbay.dialects.openai.JoinedMessages;
import io.patchbay.dialects.scan.JsonCursor;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonNull;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonString;
import io.patchbay.spi.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one chat in OpenAI's form, changed where they lie: only messages that change are read as a tree. Used
 * once, by one thread.
 */
final class MessageSplice {
    private static final String ROLE = "role";
    private static final String USER = "user";
    private static final Set<String> INSTRUCTIONS = Set.of("system", "developer");

    /** Stands before an assistant that calls tools: such a message cannot be said by the user. */
    private static final byte[] BLANK = ascii("{\"role\":\"user\",\"content\":\" \"},");

    private final byte[] array;
    private final int start;
    private final int end;
    private final List<Message> messages = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();

    /**
     * Where a message lies.
     *
     * @param role empty when it has none, or is no object
     * @param roleFrom where the value of its role begins, -1 when that must be found in a tree: names with escapes or
     *     twice in one object
     */
    private record Message(int from, int to, String role, int roleFrom, int roleTo) {}

    /** New bytes for a part of the array. */
    private record Change(int from, int to, byte[] bytes) {}

    /**
     * Creates a splice.
     *
     * @param messages valid JSON, not to be changed meanwhile
     */
    MessageSplice(Bytes messages) {
        this.array = messages.array();
        this.start = messages.offset();
        this.end = messages.offset() + messages.length();
    }

    /**
     * Returns the messages after the edits, {@code null} when they stay as they are.
     *
     * @param userFirst whether the first message, those of the system left aside, must not be the assistant's
     * @param mergeUsers whether neighbours of the user's become one
     */
    byte @Nullable [] edited(boolean userFirst, boolean mergeUsers) {
        if (!userFirst && !mergeUsers) {
            return null;
        }
        find();
        int turned = userFirst ? turned() : -1;
        int merged = -1;
        for (int at = 0; at < messages.size(); at++) {
            if (mergeUsers && at > merged && isUsers(at, turned) && isUsers(at + 1, turned)) {
                merged = merge(at, turned);
            }
            if (at > merged && at == turned) {
                turn(messages.get(at));
            }
        }
        return changes.isEmpty() ? null : spliced();
    }

    private void find() {
        JsonCursor cursor = new JsonCursor();
        cursor.over(array, start, end);
        if (cursor.peek() != '[') {
            return;
        }
        cursor.enterArray();
        boolean first = true;
        while (cursor.nextElement(first)) {
            first = false;
            messages.add(message(cursor));
        }
    }

    private Message message(JsonCursor cursor) {
        int from = cursor.at();
        if (cursor.peek() != '{') {
            cursor.skip();
            return new Message(from, cursor.at(), "", -1, -1);
        }
        String role = "";
        int roleFrom = -1;
        int roleTo = -1;
        boolean plain = true;
        cursor.enterObject();
        boolean first = true;
        while (cursor.nextMember(first)) {
            first = false;
            plain &= !cursor.escaped();
            if (!cursor.stringIs(ROLE)) {
                cursor.skip();
                continue;
            }
            plain &= roleFrom < 0 && cursor.peek() == '"';
            roleFrom = cursor.at();
            cursor.skip();
            roleTo = cursor.at();
            plain &= !cursor.escaped();
            role = cursor.stringText();
        }
        int to = cursor.at();
        return plain
                ? new Message(from, to, role, roleFrom, roleTo)
                : new Message(from, to, tree(from, to).string(ROLE, ""), -1, -1);
    }

    /** Returns the place of the message that is to become the user's, -1 when none is; may add a blank one instead. */
    private int turned() {
        int at = 0;
        while (at < messages.size() && INSTRUCTIONS.contains(messages.get(at).role)) {
            at++;
        }
        if (at == messages.size() || !messages.get(at).role.equals("assistant")) {
            return -1;
        }
        Message first = messages.get(at);
        if (JoinedMessages.joinable(tree(first.from, first.to))) {
            return at;
        }
        changes.add(new Change(first.from, first.from, BLANK));
        return -1;
    }

    private void turn(Message message) {
        changes.add(
                message.roleFrom < 0
                        ? new Change(message.from, message.to, asUsers(message).toBytes())
                        : new Change(message.roleFrom, message.roleTo, ascii("\"user\"")));
    }

    /**
     * Merges the messages of the user's that begin here, as far as they go together.
     *
     * @return the place of the last message that was merged; before the given one when none was
     */
    private int merge(int from, int turned) {
        List<JsonObject> said = new ArrayList<>(List.of(said(from, turned)));
        int last = from;
        while (isUsers(last + 1, turned)) {
            JsonObject next = said(last + 1, turned);
            if (!fit(said.getLast(), next)) {
                break;
            }
            said.add(next);
            last++;
        }
        if (last == from) {
            return from - 1;
        }
        byte[] all = JoinedMessages.of(said).toBytes();
        changes.add(new Change(messages.get(from).from, messages.get(last).to, all));
        return last;
    }

    private static boolean fit(JsonObject first, JsonObject second) {
        return JoinedMessages.joinable(first)
                && JoinedMessages.joinable(second)
                && isContent(first.get("content"))
                && isContent(second.get("content"))
                && Objects.equals(name(first), name(second));
    }

    /** Other kinds of content would be lost. */
    private static boolean isContent(@Nullable JsonValue content) {
        return content == null
                || content instanceof JsonNull
                || content instanceof JsonString
                || content instanceof JsonArray;
    }

    private static @Nullable JsonValue name(JsonObject message) {
        JsonValue name = message.get("name");
        return name == null || name.isNull() ? null : name;
    }

    private boolean isUsers(int at, int turned) {
        return at < messages.size() && (at == turned || messages.get(at).role.equals(USER));
    }

    private JsonObject said(int at, int turned) {
        Message message = messages.get(at);
        return at == turned ? asUsers(message) : tree(message.from, message.to);
    }

    private JsonObject asUsers(Message message) {
        return tree(message.from, message.to).toBuilder().put(ROLE, USER).build();
    }

    private JsonObject tree(int from, int to) {
        return Json.parse(array, from, to - from).asObject();
    }

    private byte[] spliced() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(end - start + 256);
        int at = start;
        for (Change change : changes) {
            out.write(array, at, change.from - at);
            out.writeBytes(change.bytes);
            at = change.to;
        }
        out.write(array, at, end - at);
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
