package io.patchbay.toolkit.data;

import io.patchbay.spi.FaultRule;
import io.patchbay.spi.MessageRule;
import io.patchbay.spi.Profile;
import io.patchbay.spi.ReasoningInput;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads how a vendor departs from OpenAI's chat dialect: the member {@code chat} of a profile or of a {@link
 * ChannelTypeFile}. What it may hold is described in {@code docs/profiles.md}, section 3.
 */
public final class ChatQuirks {
    /** The words of {@code reasoning_effort}, from little to much. */
    private static final List<String> EFFORTS = List.of("minimal", "low", "medium", "high", "xhigh", "max");

    private ChatQuirks() {}

    /** Returns a value changed by another: objects member by member, {@code null} removes, all else replaces. */
    public static JsonValue patched(JsonValue before, JsonValue change) {
        if (!(change instanceof JsonObject changes)) {
            return change;
        }
        JsonObject.Builder after = before.asObject().toBuilder();
        changes.members().forEach((name, value) -> {
            JsonValue old = before.get(name);
            if (value.isNull()) {
                after.remove(name);
            } else {
                after.put(name, patched(old == null ? JsonObject.EMPTY : old, value));
            }
        });
        return after.build();
    }

    /**
     * Returns the profile.
     *
     * @param chat maybe missing
     * @param faults what the vendor's errors mean
     * @throws IllegalArgumentException with the place of a mistake, what was expected and what was found
     */
    public static Profile read(Node chat, List<FaultRule> faults) {
        Profile.Builder profile = Profile.builder()
                .endMarker(chat.get("endMarker").flag(false))
                .asksForUsage(chat.get("streamOptions").flag(true))
                .streamsOnly(chat.get("streamsOnly").flag(false))
                .rewritten(chat.get("rewrite").flag(false))
                .toolCallIdLength((int) chat.get("toolCallIdLength").whole(0, 64))
                .mostStops((int) chat.get("mostStops").whole(0, 64))
                .takesSchemas(chat.get("schemas").flag(true));
        if (!chat.isMissing()) {
            // Linking what follows takes a plugin longer than running it, and most of it is for few vendors.
            readCollections(chat, profile);
        }
        faults.forEach(profile::fault);
        return profile.build();
    }

    private static void readCollections(Node chat, Profile.Builder profile) {
        chat.get("rename").members(Node::text).forEach(profile::rename);
        chat.get("drop").texts().forEach(profile::drop);
        chat.get("clamp").members(ChatQuirks::range).forEach(profile::clamp);
        chat.get("set").members(Node::any).forEach(profile::fix);
        chat.get("preset").members(Node::any).forEach(profile::preset);
        chat.get("roles").members(Node::text).forEach(profile::role);
        chat.get("messages").each(ChatQuirks::messageRule).forEach(profile::messages);
        chat.get("toolChoice").members(word -> word.text("")).forEach(profile::toolChoice);
        chat.get("reasoningMembers").texts().forEach(profile::reasoningMember);
        chat.get("reasoningTags")
                .each(tag -> tag.text("", "[a-z]{1,20}", "1 to 20 letters a to z"))
                .forEach(profile::reasoningTag);
        chat.get("finish").members(Node::text).forEach(profile::finishWord);
        Node reasoning = chat.get("reasoning");
        if (!reasoning.isMissing()) {
            profile.reasoningInput(reasoning(reasoning));
        }
        chat.closed();
    }

    private static MessageRule messageRule(Node rule) {
        for (MessageRule one : MessageRule.values()) {
            if (name(one).equals(rule.text())) {
                return one;
            }
        }
        throw rule.wrong("one of "
                + String.join(
                        ", ",
                        List.of(MessageRule.values()).stream()
                                .map(ChatQuirks::name)
                                .toList()));
    }

    private static String name(MessageRule rule) {
        return rule.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Profile.Range range(Node range) {
        List<BigDecimal> bounds = range.each(Node::number);
        if (bounds.size() != 2 || bounds.getFirst().compareTo(bounds.getLast()) > 0) {
            throw range.wrong("the least and the most value, such as [0, 1]");
        }
        return new Profile.Range(bounds.getFirst(), bounds.getLast());
    }

    private static ReasoningInput reasoning(Node node) {
        ReasoningInput.Builder input = ReasoningInput.builder()
                .effort(place(node.get("effort")))
                .promptOff(node.get("promptOff").text(""));
        efforts(node.get("efforts")).forEach(input::effortWord);
        JsonValue on =
                node.get("on").isMissing() ? JsonValue.of(true) : node.get("on").any();
        JsonValue off = node.get("off").isMissing()
                ? JsonValue.of(false)
                : node.get("off").any();
        input.toggle(place(node.get("switch")), on, off);
        if (!node.get("auto").isMissing()) {
            input.auto(node.get("auto").any());
        }
        Node bounds = node.get("bounds");
        Profile.Range range = bounds.isMissing()
                ? new Profile.Range(BigDecimal.ONE, BigDecimal.valueOf(Integer.MAX_VALUE))
                : range(bounds);
        input.budget(
                place(node.get("budget")),
                range.least().longValue(),
                range.most().longValue());
        node.get("budgets")
                .members(tokens -> tokens.whole(0, Integer.MAX_VALUE))
                .forEach(input::budgetOf);
        node.closed();
        return input.build();
    }

    private static String place(Node place) {
        return place.text(
                "",
                "[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*",
                "members joined by dots, such as thinking.type");
    }

    /** A list names the words the vendor knows: another one is said by the next higher of them, or by the highest. */
    private static Map<String, String> efforts(Node efforts) {
        if (!efforts.isList()) {
            return efforts.members(Node::text);
        }
        List<String> theirs = efforts.texts();
        Map<String, String> words = new LinkedHashMap<>();
        String word = null;
        for (String ours : EFFORTS.reversed()) {
            word = theirs.contains(ours) ? ours : word;
            if (word != null) {
                words.put(ours, word);
            }
        }
        String highest =
                EFFORTS.reversed().stream().filter(theirs::contains).findFirst().orElse(null);
        if (highest != null) {
            EFFORTS.forEach(ours -> words.putIfAbsent(ours, highest));
        }
        theirs.forEach(own -> words.put(own, own));
        return words;
    }
}
