package io.patchbay.accounts;

import io.patchbay.accounts.password.AccountRules;
import io.patchbay.foundation.ids.SecureTokens;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The first administrator, present from the first start on. */
public final class RootUser {
    /** Name of the root user. */
    public static final String NAME = "root";

    private static final int GENERATED_LENGTH = 20;

    /** Published default passwords; a server that accepted one would be open to everybody. */
    private static final Set<String> PUBLISHED = Set.of("chatnio123456", "123456", "password", "rootroot", "changeme");

    private RootUser() {}

    /**
     * Creates the root user when there is none.
     *
     * @param configuredPassword password chosen by the operator, 6 to 36 bytes, or null to have one generated; has no
     *     effect when the root user exists
     * @return the generated password, which must be replaced after the first sign-in; empty when none was generated.
     *     The caller shows it once and never logs it.
     * @throws AccountRefusal when the configured password breaks the rules or is a published default
     */
    public static Optional<String> ensure(UserDirectory users, @Nullable String configuredPassword) {
        if (exists(users)) {
            return Optional.empty();
        }
        Optional<String> configured = Optional.ofNullable(configuredPassword).filter(text -> !text.isBlank());
        configured.ifPresent(RootUser::refuseWeak);
        boolean generate = configured.isEmpty();
        String password = configured.orElseGet(() -> SecureTokens.alphanumeric(GENERATED_LENGTH));
        try {
            users.createRoot(password, generate);
        } catch (AccountRefusal e) {
            // Another node that started at the same time was faster; its password counts.
            if (exists(users)) {
                return Optional.empty();
            }
            throw e;
        }
        return generate ? Optional.of(password) : Optional.empty();
    }

    /**
     * Sets the password of the root user from the command line and ends its sessions.
     *
     * @throws AccountRefusal when the password breaks the rules or there is no root user
     */
    public static void setPassword(UserDirectory users, String password) {
        User root = users.findByUsername(NAME).orElseThrow(() -> new AccountRefusal(UserDirectory.NOT_FOUND));
        users.setPassword(root.id(), password, AuditLog.SYSTEM);
    }

    private static boolean exists(UserDirectory users) {
        return users.findByUsername(NAME).isPresent();
    }

    private static void refuseWeak(String password) {
        if (!AccountRules.validPassword(password)) {
            throw new AccountRefusal("ROOT_PASSWORD: password length must be between 6 and 36");
        }
        if (PUBLISHED.contains(password.strip())) {
            throw new AccountRefusal("ROOT_PASSWORD is a published default password; choose another one");
        }
    }
}
