package io.patchbay.server.process;

import io.patchbay.accounts.Accounts;
import io.patchbay.foundation.config.PatchbayConfig;
import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.state.SharedState;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An account with its API key. */
public record Account(long id, String key) {
    /**
     * Makes users, who own nothing yet, in a database that no server uses at the moment.
     *
     * @param database open, with the mappers of accounts among others
     * @param names in lower case
     * @return the accounts by name, in the order of the names
     */
    public static Map<String, Account> create(
            Database database, PatchbayConfig config, List<String> names, String password) {
        InstantSource clock = InstantSource.system();
        Map<String, Account> made = new LinkedHashMap<>();
        try (Accounts accounts = Accounts.open(database, SharedState.inProcess(clock), config.security(), clock)) {
            for (String name : names) {
                long id = accounts.users().create(name, null, password, false).id();
                made.put(name, new Account(id, accounts.apiKeys().defaultKey(id).orElseThrow()));
            }
        }
        return made;
    }
}
