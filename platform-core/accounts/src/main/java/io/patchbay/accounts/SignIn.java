package io.patchbay.accounts;

import io.patchbay.accounts.limit.SignInLimits;
import io.patchbay.accounts.password.AccountRules;
import io.patchbay.accounts.password.PasswordHasher;
import io.patchbay.accounts.session.SessionTokens;
import io.patchbay.foundation.problem.Problem;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a name and password into a session. Thread-safe; takes some tens of milliseconds by design.
 *
 * <p>An unknown name, a wrong password and a banned user with a wrong password cannot be told apart, neither by the
 * answer nor by the time it takes.
 */
public final class SignIn {
    private static final Logger log = LoggerFactory.getLogger(SignIn.class);
    private static final String WRONG = "invalid username or password";

    private final UserDirectory users;
    private final PasswordHasher hasher;
    private final SessionTokens sessions;
    private final SignInLimits limits;

    public SignIn(UserDirectory users, PasswordHasher hasher, SessionTokens sessions, SignInLimits limits) {
        this.users = users;
        this.hasher = hasher;
        this.sessions = sessions;
        this.limits = limits;
    }

    /**
     * Signs a user in.
     *
     * @param login user name or e-mail address
     * @param password password, checked without surrounding white space
     * @param clientAddress address of the client, for the limits
     * @throws Problem of kind UNAVAILABLE when too many passwords wait to be checked; it does not count as a failure
     */
    public LoginOutcome signIn(String login, String password, String clientAddress) {
        String name = login.strip();
        if (!AccountRules.validLogin(name) || !AccountRules.validPassword(password)) {
            return new LoginOutcome.Failure("invalid username or password format");
        }
        if (!limits.admits(name, clientAddress)) {
            return new LoginOutcome.Throttled();
        }
        Optional<UserRow> found = users.rowForLogin(name);
        PasswordHasher.Verdict verdict;
        try {
            verdict = found.map(row -> hasher.verify(password, row.passwordHash()))
                    .orElseGet(() -> burned(password));
        } catch (Problem busy) {
            limits.undecided(name, clientAddress);
            throw busy;
        }
        if (found.isEmpty() || verdict == PasswordHasher.Verdict.WRONG) {
            limits.failed(name, clientAddress);
            return new LoginOutcome.Failure(WRONG);
        }
        UserRow row = found.get();
        limits.succeeded(name, clientAddress);
        if (row.banned()) {
            return new LoginOutcome.Failure("current user is banned");
        }
        if (verdict == PasswordHasher.Verdict.RIGHT_BUT_OUTDATED) {
            users.upgradePassword(row, password);
            log.info("accounts: the password of user {} is now stored with Argon2id", row.id());
        }
        return new LoginOutcome.Success(token(row.user()), row.user());
    }

    private PasswordHasher.Verdict burned(String password) {
        hasher.burn(password);
        return PasswordHasher.Verdict.WRONG;
    }

    /** Returns a fresh session token for a user, as after a sign-in. */
    public String token(User user) {
        return sessions.issue(new SessionTokens.Session(user.id(), user.username(), user.sessionVersion()));
    }

    /**
     * Replaces the password of a signed-in user, who must know the present one, and ends the other sessions.
     *
     * @return a fresh token for the user, a failure, or a refusal because of too many failures
     * @throws AccountRefusal when the new password breaks the rules
     */
    public LoginOutcome changePassword(Caller caller, String current, String replacement, String clientAddress) {
        LoginOutcome known = signIn(caller.username(), current, clientAddress);
        if (!(known instanceof LoginOutcome.Success)) {
            return known;
        }
        if (current.strip().equals(replacement.strip())) {
            throw new AccountRefusal("the new password must differ from the present one");
        }
        users.setPassword(caller.userId(), replacement, caller.username());
        User user = users.find(caller.userId()).orElseThrow(() -> new AccountRefusal(UserDirectory.NOT_FOUND));
        return new LoginOutcome.Success(token(user), user);
    }
}
