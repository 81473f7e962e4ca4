package io.patchbay.accounts;

/**
 * What an administrator may do to other accounts. Thread-safe.
 *
 * <p>Nobody can ban or demote himself, and the root user can be banned or demoted by nobody; the credentials of root are
 * changed by root alone. So there is always somebody left who can administrate.
 */
public final class UserAdministration {
    private final UserDirectory users;

    public UserAdministration(UserDirectory users) {
        this.users = users;
    }

    /** Sets the password of a user and ends the sessions of that user. */
    public void setPassword(Caller caller, long id, String password) {
        guardRoot(caller, existing(id));
        users.setPassword(id, password, caller.username());
    }

    /** Sets the password of the root user. */
    public void setRootPassword(Caller caller, String password) {
        User root = users.findByUsername(RootUser.NAME).orElseThrow(() -> new AccountRefusal(UserDirectory.NOT_FOUND));
        guardRoot(caller, root);
        users.setPassword(root.id(), password, caller.username());
    }

    /** Sets the e-mail address of a user; blank removes it. */
    public void setEmail(Caller caller, long id, String email) {
        guardRoot(caller, existing(id));
        users.setEmail(id, email, caller.username());
    }

    /** Bans or unbans a user. */
    public void setBanned(Caller caller, long id, boolean banned) {
        User target = existing(id);
        if (banned && target.id() == caller.userId()) {
            throw new AccountRefusal("you cannot ban yourself");
        }
        if (banned && target.root()) {
            throw new AccountRefusal("the root user cannot be banned");
        }
        users.setBanned(id, banned, caller.username());
    }

    /** Makes a user an administrator or an ordinary user. */
    public void setAdmin(Caller caller, long id, boolean admin) {
        User target = existing(id);
        if (!admin && target.id() == caller.userId()) {
            throw new AccountRefusal("you cannot take administration away from yourself");
        }
        if (!admin && target.root()) {
            throw new AccountRefusal("the root user stays an administrator");
        }
        users.setAdmin(id, admin, caller.username());
    }

    private User existing(long id) {
        return users.find(id).orElseThrow(() -> new AccountRefusal(UserDirectory.NOT_FOUND));
    }

    private static void guardRoot(Caller caller, User target) {
        if (target.root() && target.id() != caller.userId()) {
            throw new AccountRefusal("only the root user can change the sign-in of the root user");
        }
    }
}
