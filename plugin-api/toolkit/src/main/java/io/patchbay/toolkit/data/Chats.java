package io.patchbay.toolkit.data;

import io.patchbay.spi.Profile;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How a vendor departs from OpenAI's chat dialect, by model: the first rule whose name fits changes what holds for all.
 * Names are regular expressions for the whole name in lower case.
 */
record Chats(Profile usual, List<Rule> rules) {
    /** What holds for some models. */
    private record Rule(Pattern models, Profile profile) {}

    static Chats read(Node chat, Node rules) {
        JsonValue usual = chat.isMissing() ? JsonObject.EMPTY : chat.any();
        return new Chats(ChatQuirks.read(chat, List.of()), rules.each(rule -> rule(rule, usual)));
    }

    private static Rule rule(Node node, JsonValue usual) {
        Node chat = node.get("chat");
        Rule rule = new Rule(
                ErrorTable.pattern(node.get("models")),
                ChatQuirks.read(chat.replaced(ChatQuirks.patched(usual, chat.any())), List.of()));
        node.closed();
        return rule;
    }

    Profile of(String model) {
        String name = model.toLowerCase(Locale.ROOT);
        return rules.stream()
                .filter(rule -> rule.models().matcher(name).matches())
                .findFirst()
                .map(Rule::profile)
                .orElse(usual);
    }
}
