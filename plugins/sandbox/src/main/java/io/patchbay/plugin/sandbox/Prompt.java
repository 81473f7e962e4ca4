package io.patchbay.plugin.sandbox;

import io.patchbay.spi.chat.ChatMessage;
import io.patchbay.spi.chat.ChatRequest;
import io.patchbay.spi.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What a canned answer needs of a request, so that the request itself need not be kept while the answer is paced.
 *
 * @param text what the user wrote last, cut at {@link #MOST_TEXT} characters
 * @param toolAnswer what a tool answered, when that is the last message
 * @param tool the first tool given
 * @param mostWords the bound of the answer
 * @param words how many words the whole conversation has
 */
record Prompt(
        String text, @Nullable String toolAnswer, @Nullable Tool tool, long mostWords, long words) {
    /** An echo longer than this would take minutes at the usual pace. */
    static final int MOST_TEXT = 2_000;

    /** A tool to call, with arguments that fit its schema's outline. */
    record Tool(String name, JsonObject arguments) {}

    static Prompt of(ChatRequest request) {
        String text = "";
        long words = 0;
        ChatMessage last = null;
        for (ChatMessage message : request.messages()) {
            String spoken = message.text();
            words += Words.count(spoken);
            if (message.role().equals("user")) {
                text = spoken;
            }
            last = message;
        }
        String toolAnswer = last != null && last.role().equals("tool") ? cut(last.text()) : null;
        Tool tool = request.tools().isEmpty() ? null : tool(request.tools().getFirst());
        Long most = request.maxTokens();
        return new Prompt(cut(text), toolAnswer, tool, most == null ? Long.MAX_VALUE : most, words);
    }

    /** Returns whether to answer in Chinese. */
    boolean chinese() {
        return text.codePoints().anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
    }

    private static Tool tool(ChatRequest.Tool declared) {
        return new Tool(declared.name(), SampleArguments.of(declared.parameters()));
    }

    private static String cut(String text) {
        if (text.length() <= MOST_TEXT) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MOST_TEXT - 1)) ? MOST_TEXT - 1 : MOST_TEXT;
        return text.substring(0, end) + "…";
    }
}
