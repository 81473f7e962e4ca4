package io.patchbay.plugin.openai;

import java.util.StringJoiner;
import java.util.regex.Pattern;

/** Takes the words out of SRT and WebVTT. */
final class Subtitles {
    private static final Pattern TIMES = Pattern.compile("[\\d:.,]+\\s+-->\\s+[\\d:.,]+.*");

    private Subtitles() {}

    /** Returns the spoken words of subtitles; a text without any cue is returned as it is, trimmed. */
    static String text(String body) {
        if (!body.contains("-->")) {
            return body.strip();
        }
        StringJoiner words = new StringJoiner("\n");
        boolean cue = false;
        for (String line : body.lines().toList()) {
            if (line.isBlank()) {
                cue = false;
            } else if (TIMES.matcher(line.strip()).matches()) {
                cue = true;
            } else if (cue) {
                words.add(line.strip());
            }
        }
        return words.toString();
    }
}
