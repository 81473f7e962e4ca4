package io.patchbay.relay.record;

import io.patchbay.accounts.ApiKeys;
import io.patchbay.accounts.UserDirectory;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The names behind the numbers of some lines. What was deleted since has none.
 *
 * @param users user names by id
 * @param keys names of API keys by id
 */
record RecordNames(Map<Long, String> users, Map<Long, String> keys) {
    /** Looks the names up that lines need; two questions to the database, whatever their number. */
    static RecordNames of(Collection<RecordLine> lines, UserDirectory users, ApiKeys keys) {
        return new RecordNames(
                users.names(lines.stream().map(RecordLine::userId).collect(Collectors.toSet())),
                keys.names(lines.stream().map(RecordNames::keyId).collect(Collectors.toSet())));
    }

    /** Returns the user's name, empty when there is none. */
    String user(RecordLine line) {
        return users.getOrDefault(line.userId(), "");
    }

    /** Returns the name of the API key, empty for calls with a session and lines that are no calls. */
    String key(RecordLine line) {
        return keys.getOrDefault(keyId(line), "");
    }

    private static long keyId(RecordLine line) {
        return line instanceof RecordLine.Call(RequestRecord record) ? record.keyId() : 0;
    }

    /**
     * Returns the ids of the API keys a query is about.
     *
     * @throws IllegalArgumentException with a sentence when too many users have a key of that name
     */
    static List<Long> keysOf(RecordQuery query, ApiKeys keys) {
        Long user = query.userId();
        if (user != null) {
            return keys.list(user).stream()
                    .filter(key -> key.name().equals(query.tokenName()))
                    .map(key -> key.id())
                    .toList();
        }
        return keys.named(query.tokenName())
                .orElseThrow(() -> new IllegalArgumentException(
                        "token_name: more than " + ApiKeys.MOST_NAMES + " users have a key of that name; add user_id"));
    }
}
