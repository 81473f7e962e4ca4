package io.patchbay.toolkit;

import io.patchbay.dialects.ChatCodecs;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Profile;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a vendor of OpenAI's dialect wants otherwise in one chat, where it depends on the call and not on the vendor only;
 * else a {@link Profile} says it. The client's body is spliced, not parsed as a whole. One object serves one call.
 *
 * <pre>{@code
 * ChatTuning tuning = ChatTuning.of(call);
 * tuning.clamp("top_p", 0.01, 0.99);
 * tuning.drop("logit_bias", "seed");
 * return tuning.over(DialectChat.of(call, Dialect.OPENAI_CHAT, request));
 * }</pre>
 */
public final class ChatTuning {
    /** Present in every body that is sent; see {@link #leaveOut}. */
    private static final String ALWAYS_SET = "model";

    private final ChatCall call;
    private final ChatSettings settings;
    private final Profile.Builder profile = Profile.builder();
    private final Map<String, JsonValue> set = new LinkedHashMap<>();
    private final Set<String> lost = new TreeSet<>();

    private ChatTuning(ChatCall call) {
        this.call = call;
        this.settings = ChatSettings.of(call);
    }

    /** Returns the tuning of a call, nothing changed. */
    public static ChatTuning of(ChatCall call) {
        return new ChatTuning(call);
    }

    /** Returns the settings as the client sent them. */
    public ChatSettings settings() {
        return settings;
    }

    /** Returns the vendor's profile, to be added to. */
    public Profile.Builder profile() {
        return profile;
    }

    /** Sets a member, whatever the client sent. */
    public ChatTuning set(String name, JsonValue value) {
        set.put(name, value);
        return this;
    }

    /** Sets a member and takes away the one of the client's that it stands for. */
    public ChatTuning replace(String ours, String theirs, JsonValue value) {
        if (!ours.equals(theirs)) {
            leaveOut(ours);
        }
        return set(theirs, value);
    }

    /** Sends a member under the vendor's name. */
    public ChatTuning rename(String ours, String theirs) {
        profile.rename(ours, theirs);
        return this;
    }

    /** Leaves members out without a word, because something else says the same. */
    public ChatTuning leaveOut(String... names) {
        for (String name : names) {
            // What is renamed to a member that is set gives way to it.
            profile.rename(name, ALWAYS_SET);
        }
        return this;
    }

    /** Leaves members out; those that ask for something are told to the host as dropped. */
    public ChatTuning drop(String... names) {
        for (String name : names) {
            JsonValue value = settings.get(name);
            if (value != null) {
                leaveOut(name);
                if (!NeutralValues.isNeutral(name, value)) {
                    lost.add(name);
                }
            }
        }
        return this;
    }

    /** Says that something is lost although the member it stands in is sent. */
    public ChatTuning lose(String field) {
        lost.add(field);
        return this;
    }

    /** Moves a number into the vendor's range. */
    public ChatTuning clamp(String name, double least, double most) {
        Double number = settings.number(name);
        if (number != null && (number < least || number > most)) {
            set(name, JsonValue.of(Math.clamp(number, least, most)));
        }
        return this;
    }

    /** Sends the client's stop sequences as a list of at most so many; others are told to the host as dropped. */
    public ChatTuning stops(int most) {
        JsonValue stop = settings.get("stop");
        if (stop == null) {
            return this;
        }
        List<JsonValue> all = stop.string() == null ? stop.elements() : List.of(stop);
        if (all.size() > most) {
            lost.add("stop");
        }
        return all.isEmpty()
                ? leaveOut("stop")
                : set("stop", new JsonArray(all.subList(0, Math.min(most, all.size()))));
    }

    /**
     * Says whether to think by {@code thinking.type}, however the client said so; nothing where the client does not
     * say, or said it in that very form.
     */
    public ChatTuning thinkingType() {
        JsonObject type = ThinkingWish.of(call).type();
        return type == null || settings.get("thinking") instanceof JsonObject
                ? this
                : leaveOut("reasoning_effort", "reasoning", "enable_thinking", "thinking_budget")
                        .set("thinking", type);
    }

    /** Says whether to think by {@code enable_thinking}, however the client said so; nothing where it does not say. */
    public ChatTuning thinkingFlag() {
        Boolean on = ThinkingWish.of(call).on();
        return on == null
                ? this
                : leaveOut("reasoning_effort", "reasoning", "thinking").set("enable_thinking", JsonValue.of(on));
    }

    /** Returns the messages in OpenAI's form, as they will be sent unless changed. */
    public List<JsonObject> messages() {
        JsonValue messages = set.get("messages");
        if (messages == null) {
            boolean own = call.wire() != null && call.wire().dialect().equals(Dialect.OPENAI_CHAT);
            messages = own ? settings.get("messages") : written();
        }
        return messages == null
                ? List.of()
                : messages.elements().stream().map(JsonValue::asObject).toList();
    }

    /** Changes every part of every message that has parts; nothing is sent anew when nothing changes. */
    public ChatTuning parts(UnaryOperator<JsonObject> change) {
        List<JsonValue> changed = new ArrayList<>();
        boolean other = false;
        for (JsonObject message : messages()) {
            if (message.get("content") instanceof JsonArray parts) {
                JsonArray content = new JsonArray(parts.elements().stream()
                        .map(part -> part instanceof JsonObject object ? (JsonValue) change.apply(object) : part)
                        .toList());
                other |= !content.equals(parts);
                changed.add(message.toBuilder().put("content", content).build());
            } else {
                changed.add(message);
            }
        }
        return other ? set("messages", new JsonArray(changed)) : this;
    }

    /** Returns that chat, tuned. */
    public Flow<ChatEvent> over(DialectChat chat) {
        DialectChat tuned = chat.with(profile.build());
        for (Map.Entry<String, JsonValue> member : set.entrySet()) {
            tuned = tuned.setting(member.getKey(), member.getValue());
        }
        if (lost.isEmpty()) {
            return tuned;
        }
        Flow<ChatEvent> flow = tuned;
        Set<String> told = Set.copyOf(lost);
        return turn -> {
            turn.dropped(told);
            return flow.begin(turn);
        };
    }

    private @Nullable JsonValue written() {
        return ChatCodecs.upstream(Dialect.OPENAI_CHAT)
                .map(codec ->
                        codec.writeRequest(call.request(), call.model(), false).get("messages"))
                .orElse(null);
    }
}
