package io.patchbay.dialects.openai;

/** Plain text of subtitles. */
final class Subtitles {
    private Subtitles() {}

    /** Returns the spoken words: cue numbers, times and headers are left out. Plain text stays as it is, trimmed. */
    static String text(String body) {
        if (!body.contains("-->")) {
            return body.strip();
        }
        StringBuilder text = new StringBuilder(body.length());
        boolean inCue = false;
        for (String line : body.lines().toList()) {
            if (line.contains("-->")) {
                inCue = true;
            } else if (line.isBlank()) {
                inCue = false;
            } else if (inCue) {
                text.append(text.isEmpty() ? "" : " ").append(line.strip());
            }
        }
        return text.toString();
    }
}
