package io.patchbay.plugin.coze;

import io.patchbay.spi.Memo;
import java.util.Locale;

/**
 * What a model's name points at.
 *
 * @param id the vendor's id of it
 */
record Target(Kind kind, String id) {
    enum Kind {
        BOT,
        CHATFLOW,
        WORKFLOW
    }

    /** Returns where the conversation with it is remembered: each has one of its own. */
    Memo memo() {
        return Memo.ofConversation("with " + (id.length() > 80 ? id.substring(0, 80) : id));
    }

    /** Reads a name: a bare id is a bot's; {@code coze-} in front is for people. */
    static Target of(String model) {
        String name = model.startsWith("coze-") ? model.substring("coze-".length()) : model;
        for (Kind kind : Kind.values()) {
            String prefix = kind.name().toLowerCase(Locale.ROOT) + "-";
            if (name.startsWith(prefix)) {
                return new Target(kind, name.substring(prefix.length()));
            }
        }
        return new Target(Kind.BOT, name);
    }
}
