package io.patchbay.relay.call;

/** What Markdown must not be given as it is. */
final class Markdown {
    private Markdown() {}

    /** Returns a link's target, which would end at a blank or a parenthesis. */
    static String target(String url) {
        StringBuilder target = new StringBuilder(url.length());
        url.codePoints().forEach(character -> {
            if (character <= ' ' || character == 127 || "()<>\\\"`".indexOf(character) >= 0) {
                target.append("%%%02X".formatted(character));
            } else {
                target.appendCodePoint(character);
            }
        });
        return target.toString();
    }
}
