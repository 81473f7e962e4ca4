package io.patchbay.accounts.password;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** The input rules of accounts. Lengths are UTF-8 bytes of the text without surrounding white space. */
public final class AccountRules {
    private static final Pattern EMAIL = Pattern.compile("[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\\.[a-zA-Z]{2,}");
    private static final int LONGEST_LOGIN = 255;

    private AccountRules() {}

    /**
     * Returns whether a text may be a user name: 2 to 24 bytes, no control characters, no {@code @}. The last rule keeps
     * a name from shadowing the e-mail address of somebody else at sign-in.
     */
    public static boolean validUsername(String username) {
        return within(username, 2, 24)
                && username.indexOf('@') < 0
                && username.strip().codePoints().noneMatch(Character::isISOControl);
    }

    /** Returns whether a text may be a password: 6 to 36 bytes. */
    public static boolean validPassword(String password) {
        return within(password, 6, 36);
    }

    /** Returns whether a text is an e-mail address of 1 to 255 bytes. */
    public static boolean validEmail(String email) {
        return within(email, 1, LONGEST_LOGIN) && EMAIL.matcher(email.strip()).matches();
    }

    /** Returns whether a text can be a user name or an e-mail address at sign-in: 1 to 255 bytes. */
    public static boolean validLogin(String login) {
        return within(login, 1, LONGEST_LOGIN);
    }

    /** Returns the form in which an e-mail address is stored and compared. */
    public static String normalEmail(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }

    private static boolean within(String text, int least, int most) {
        int bytes = text.strip().getBytes(StandardCharsets.UTF_8).length;
        return bytes >= least && bytes <= most;
    }
}
