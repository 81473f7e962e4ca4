package io.patchbay.accounts;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What an API key may be used for. A key holds one or more scopes. */
public enum KeyScope {
    /** Everything its owner may do; the scope of the default key. */
    ALL,
    /** Administration routes, when the owner is an administrator. */
    ADMIN,
    /** Account routes: balance, keys, profile. */
    ACCOUNT,
    /** Model calls. */
    RELAY;

    /** Returns whether a key with the given scopes may be used for this one. */
    public boolean grantedBy(Set<KeyScope> scopes) {
        return scopes.contains(ALL) || scopes.contains(this);
    }

    /** Returns the stored text of a set of scopes: lower-case names in order of declaration, joined by commas. */
    static String format(Set<KeyScope> scopes) {
        return EnumSet.copyOf(scopes).stream()
                .map(scope -> scope.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(","));
    }

    /**
     * Returns the scopes of a stored text. Names this version does not know are skipped, so that a key made by a newer
     * version never gains rights here.
     */
    static Set<KeyScope> parse(String text) {
        EnumSet<KeyScope> scopes = EnumSet.noneOf(KeyScope.class);
        for (String name : text.split(",", -1)) {
            for (KeyScope scope : values()) {
                if (scope.name().equalsIgnoreCase(name.strip())) {
                    scopes.add(scope);
                }
            }
        }
        return scopes;
    }
}
