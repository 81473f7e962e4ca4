package io.patchbay.relay.routing;

import io.patchbay.dialects.scan.JsonCursor;
import io.patchbay.dialects.scan.ScanException;
import io.patchbay.spi.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which calls belong together. A client may name its conversation; else a call follows another when it repeats
 * all its messages and adds to them, as every chat client does, and as providers' prompt caches want it. Two calls with the
 * same messages do not follow each other, so that a first question is still spread by weight.
 */
public final class CallThreads {
    /** Messages behind this many bytes do not count: what is longer is known by its beginning. */
    private static final int MOST_BYTES = 1 << 20;

    /** So many beginnings of the messages are looked for, from the longest. */
    private static final int MOST_EARLIER = 16;

    private CallThreads() {}

    /**
     * Returns what ties a call to earlier ones.
     *
     * @param user whose call it is; conversations of two users are never the same
     * @param conversation the client's name for it, empty for none
     * @param messages the list of messages as the client wrote it, {@code null} for none
     */
    public static CallThread of(long user, String model, String conversation, @Nullable Bytes messages) {
        String scope = user + "\n" + model + "\n";
        if (!conversation.isEmpty()) {
            String name = "named\n" + scope + conversation;
            return new CallThread(List.of(name), name);
        }
        return messages == null ? CallThread.NONE : byMessages(scope, messages);
    }

    private static CallThread byMessages(String scope, Bytes messages) {
        MessageDigest digest = sha256();
        digest.update(scope.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        List<String> names = new ArrayList<>();
        JsonCursor cursor = new JsonCursor();
        try {
            int begin = messages.offset();
            cursor.over(messages.array(), begin, begin + messages.length());
            cursor.enterArray();
            boolean first = true;
            while (cursor.nextElement(first)) {
                first = false;
                cursor.peek();
                int from = cursor.at();
                cursor.skip();
                if (cursor.at() - begin > MOST_BYTES) {
                    break;
                }
                digest.update(messages.array(), from, cursor.at() - from);
                names.add(name(digest));
            }
        } catch (ScanException e) {
            return CallThread.NONE; // whoever reads the messages says what is wrong with them
        } finally {
            cursor.release();
        }
        if (names.isEmpty()) {
            return CallThread.NONE;
        }
        String own = names.removeLast();
        List<String> earlier = names.reversed();
        return new CallThread(earlier.subList(0, Math.min(MOST_EARLIER, earlier.size())), own);
    }

    private static String name(MessageDigest soFar) {
        try {
            return Base64.getEncoder().encodeToString(((MessageDigest) soFar.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 can be continued after a look at it", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
