package io.patchbay.foundation.log;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Masks what looks like a credential in a log line.
 *
 * <p>A second net under the rule that no code logs secrets: third-party messages may quote a header or a URL.
 */
final class Redaction {
    private static final Pattern CREDENTIAL = Pattern.compile(
            "\\b(sk-)[A-Za-z0-9_-]{12,}|(\\bBearer\\s+)[A-Za-z0-9._~+/=-]{8,}|([?&](?:key|api_key|token|sign)=)[^&\\s\"]+");

    private Redaction() {}

    static String mask(String text) {
        if (!text.contains("sk-") && !text.contains("Bearer") && text.indexOf('=') < 0) {
            return text;
        }
        return CREDENTIAL.matcher(text).replaceAll(match -> {
            for (int group = 1; group <= match.groupCount(); group++) {
                if (match.group(group) != null) {
                    return Matcher.quoteReplacement(match.group(group)) + "***";
                }
            }
            return "***";
        });
    }
}
