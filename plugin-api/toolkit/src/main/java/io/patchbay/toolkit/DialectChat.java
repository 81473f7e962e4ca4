package io.patchbay.toolkit;

import io.patchbay.spi.Dialect;
import io.patchbay.spi.Fault;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Framing;
import io.patchbay.spi.Next;
import io.patchbay.spi.Profile;
import io.patchbay.spi.Turn;
import io.patchbay.spi.Voice;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The chat of a vendor that speaks a dialect the host knows: the whole of an ordinary provider.
 *
 * <p>The body is the client's own, spliced, when the client speaks the dialect too; else it is written from the
 * canonical request. The model is set, usage is asked for where the profile allows it, the profile is applied to
 * fields, messages and faults, and what of the request gets lost is told to the host.
 *
 * <pre>{@code
 * return DialectChat.of(call, Dialect.OPENAI_CHAT, () ->
 *         HttpRequest.post(Endpoints.join(channel.endpoint(), "chat/completions"))
 *                 .header("Authorization", channel.secret("key").prefixed("Bearer ")));
 * }</pre>
 *
 * Immutable; one object serves one run.
 */
public final class DialectChat implements Flow<ChatEvent> {
    private final ChatCall call;
    private final Dialect dialect;
    private final Supplier<HttpRequest.Builder> request;
    private final Profile profile;
    private final Changes changes;
    private final Function<Answer, Fault> faults;
    private final boolean asksAgain;

    private DialectChat(
            ChatCall call,
            Dialect dialect,
            Supplier<HttpRequest.Builder> request,
            Profile profile,
            Changes changes,
            Function<Answer, Fault> faults,
            boolean asksAgain) {
        this.call = call;
        this.dialect = dialect;
        this.request = request;
        this.profile = profile;
        this.changes = changes;
        this.faults = faults;
        this.asksAgain = asksAgain;
    }

    /**
     * What this one call wants otherwise, beyond the profile.
     *
     * @param settings members to send whatever the client sent
     * @param silent the client's members that are left out without a word
     * @param refused the client's members that are left out and told
     */
    private record Changes(Map<String, JsonValue> settings, Set<String> silent, Set<String> refused) {
        static final Changes NONE = new Changes(Map.of(), Set.of(), Set.of());

        Changes setting(String name, JsonValue value) {
            Map<String, JsonValue> more = new LinkedHashMap<>(settings);
            more.put(name, value);
            return new Changes(more, silent, refused);
        }

        Changes leavingOut(String name) {
            return new Changes(settings, more(silent, name), refused);
        }

        Changes refusing(String name) {
            return new Changes(settings, silent, more(refused, name));
        }

        private static Set<String> more(Set<String> names, String name) {
            Set<String> more = new LinkedHashSet<>(names);
            more.add(name);
            return more;
        }
    }

    /**
     * Returns the flow of a vendor without peculiarities.
     *
     * @param request begins the request: address and credentials; asked once per attempt, the body is added here
     */
    public static DialectChat of(ChatCall call, Dialect dialect, Supplier<HttpRequest.Builder> request) {
        return new DialectChat(call, dialect, request, Profile.STANDARD, Changes.NONE, Answer::fault, false);
    }

    /** Returns this flow with the vendor's peculiarities. */
    public DialectChat with(Profile value) {
        return new DialectChat(call, dialect, request, value, changes, faults, asksAgain);
    }

    /** Returns this flow with a top-level member of the body set, whatever the client sent. */
    public DialectChat setting(String name, JsonValue value) {
        return changed(changes.setting(name, value));
    }

    /** Returns this flow with a member of the client's replaced by one that says the same in the vendor's way. */
    public DialectChat replacing(String ours, String theirs, JsonValue value) {
        return leavingOut(ours).setting(theirs, value);
    }

    /** Returns this flow with a member of the client's left out without a word, because something else says the same. */
    public DialectChat leavingOut(String name) {
        return changed(changes.leavingOut(name));
    }

    /** Returns this flow with a member of the client's left out, and told to it when it asks for something. */
    public DialectChat refusing(String name) {
        return changed(changes.refusing(name));
    }

    /** Returns this flow with another reading of refusals; see {@link Faults}. */
    public DialectChat faults(Function<Answer, Fault> reading) {
        return new DialectChat(call, dialect, request, profile, changes, reading, asksAgain);
    }

    /**
     * Returns this flow so that a field the vendor refuses by name is left out, or sent by the name the vendor
     * proposes, and the vendor asked once more. Fields that decide what the answer is (messages, tools, response
     * format, token bounds, …) are never left out.
     */
    public DialectChat askingAgain() {
        return new DialectChat(call, dialect, request, profile, changes, faults, true);
    }

    private DialectChat changed(Changes other) {
        return new DialectChat(call, dialect, request, profile, other, faults, asksAgain);
    }

    @Override
    public Next begin(Turn<ChatEvent> turn) {
        ChatEdits edits = ChatEdits.of(call, dialect, profile, changes.settings(), changes.silent(), changes.refused());
        return VendorFaults.of(profile)
                .<ChatEvent>over(same -> speak(same, edits, asksAgain))
                .begin(turn);
    }

    private Next speak(Turn<ChatEvent> turn, ChatEdits edits, boolean mayAskAgain) {
        if (!edits.dropped().isEmpty()) {
            turn.dropped(edits.dropped());
        }
        boolean stream = call.stream() || profile.streamsOnly();
        HttpRequest.Builder builder = request.get()
                .header("Accept", stream ? "text/event-stream" : "application/json")
                .body(edits.body());
        Framing framing = stream ? Framing.SSE : Framing.WHOLE;
        return Flows.send(builder, built -> Next.speak(built, framing, dialect, voice(turn, edits, mayAskAgain)));
    }

    private Voice voice(Turn<ChatEvent> turn, ChatEdits edits, boolean mayAskAgain) {
        if (!mayAskAgain) {
            return new Words(profile, answer -> Next.fail(faults.apply(answer)));
        }
        return new Words(profile, answer -> {
            ChatEdits other = edits.without(Faults.refusedField(answer), Faults.suggestedField(answer));
            return other == null ? Next.fail(faults.apply(answer)) : speak(turn, other, false);
        });
    }

    /** A voice that has a word on refusals only. */
    private record Words(Profile profile, Function<Answer, Next> refusal) implements Voice {
        @Override
        public Next refused(Answer answer) {
            return refusal.apply(answer);
        }
    }
}
