package io.patchbay.testkit.upstream;

import io.patchbay.spi.chat.ChatMessage.ToolCall;
import io.patchbay.spi.json.JsonException;
import io.patchbay.spi.json.JsonString;
import io.patchbay.spi.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers OpenAI chat requests with words said beforehand: a stream or a whole completion as the request asks, with as
 * many choices as {@code n} says, and puts the answer on the bill. Immutable; each method returns a changed answer.
 *
 * <p>Further twists of the resulting script are added with {@link #andThen}, for example
 * {@code OpenAiScripts.text("m", "a").andThen(Script::crlf)}.
 */
public final class ChatAnswer implements Function<ReceivedRequest, Script> {
    private static final long CREATED = 1_770_000_000L;

    /** Where a stream tells its usage. */
    public enum UsagePlace {
        /** In a chunk of its own before the end marker, if the request asks; OpenAI's way. */
        LAST,
        /** In the first chunk, asked or not. */
        FIRST,
        /** In the chunk with the finish reason, asked or not. */
        WITH_FINISH,
        /** Running totals in every chunk, asked or not. */
        EVERY,
        /** Nowhere. */
        NEVER
    }

    private @Nullable String model;
    private List<String> words = List.of();
    private List<String> reasoning = List.of();
    private List<ToolCall> calls = List.of();
    private String finish = "stop";
    private long input = 10;
    private long output = -1;
    private UsagePlace place = UsagePlace.LAST;
    private Duration pace = Duration.ZERO;
    private Duration delay = Duration.ZERO;

    ChatAnswer() {}

    private ChatAnswer(ChatAnswer other) {
        this.model = other.model;
        this.words = other.words;
        this.reasoning = other.reasoning;
        this.calls = other.calls;
        this.finish = other.finish;
        this.input = other.input;
        this.output = other.output;
        this.place = other.place;
        this.pace = other.pace;
        this.delay = other.delay;
    }

    private ChatAnswer with(Consumer<ChatAnswer> change) {
        ChatAnswer copy = new ChatAnswer(this);
        change.accept(copy);
        return copy;
    }

    /** Names the model that answers; the one that was asked unless said. */
    public ChatAnswer model(String name) {
        return with(a -> a.model = name);
    }

    /** Says these words, one chunk each; blanks are part of the words. */
    public ChatAnswer words(String... texts) {
        return with(a -> a.words = List.of(texts));
    }

    /** Thinks these words first, in {@code reasoning_content}. */
    public ChatAnswer reasoning(String... texts) {
        return with(a -> a.reasoning = List.of(texts));
    }

    /** Calls these tools; the finish reason becomes {@code tool_calls}. */
    public ChatAnswer calls(ToolCall... tools) {
        return with(a -> {
            a.calls = List.of(tools);
            a.finish = "tool_calls";
        });
    }

    /** Finishes for that reason. */
    public ChatAnswer finish(String reason) {
        return with(a -> a.finish = reason);
    }

    /** Charges so many tokens; 10 and one per word unless said. */
    public ChatAnswer usage(long inputTokens, long outputTokens) {
        return with(a -> {
            a.input = inputTokens;
            a.output = outputTokens;
        });
    }

    /** Tells the usage there. */
    public ChatAnswer usagePlace(UsagePlace where) {
        return with(a -> a.place = where);
    }

    /** Waits that long between any two chunks. */
    public ChatAnswer paced(Duration between) {
        return with(a -> a.pace = between);
    }

    /** Waits that long before the answer begins. */
    public ChatAnswer delayed(Duration time) {
        return with(a -> a.delay = time);
    }

    @Override
    public Script apply(ReceivedRequest request) {
        JsonValue asked;
        try {
            asked = request.json();
        } catch (JsonException e) {
            return OpenAiScripts.error(400, "invalid_request_error", "invalid_json", "the body is no JSON");
        }
        String answering = model == null ? asked.string("model", "unknown") : model;
        String id = "chatcmpl-" + request.number();
        long charged = output >= 0 ? output : Math.max(1, words.size() + reasoning.size() + calls.size());
        int choices = Math.clamp(asked.longValue("n", 1), 1, 16);
        Script script = Script.answer()
                .header("x-request-id", "req_" + request.number())
                .charging(id, answering, input, charged);
        script = delay.isZero() ? script : script.delay(delay);
        script = pace.isZero() ? script : script.paced(pace);
        if (!asked.flag("stream", false)) {
            script = script.json(whole(id, answering, choices, charged));
            return place == UsagePlace.NEVER ? script : script.tellingUsage();
        }
        JsonValue options = asked.get("stream_options");
        boolean usageAsked = options != null && options.flag("include_usage", false);
        return script.frames(new Chunks(id, answering, choices, charged, usageAsked).all());
    }

    private String whole(String id, String answering, int choices, long charged) {
        StringBuilder text = new StringBuilder(512);
        text.append("{\"id\":\"")
                .append(id)
                .append("\",\"object\":\"chat.completion\",\"created\":")
                .append(CREATED);
        text.append(",\"model\":").append(quoted(answering)).append(",\"choices\":[");
        for (int choice = 0; choice < choices; choice++) {
            text.append(choice == 0 ? "" : ",").append("{\"index\":").append(choice);
            text.append(",\"message\":{\"role\":\"assistant\",\"content\":");
            text.append(words.isEmpty() && !calls.isEmpty() ? "null" : quoted(String.join("", words)));
            if (!reasoning.isEmpty()) {
                text.append(",\"reasoning_content\":").append(quoted(String.join("", reasoning)));
            }
            if (!calls.isEmpty()) {
                List<String> all = new ArrayList<>();
                calls.forEach(call -> all.add("{\"id\":" + quoted(call.id()) + ",\"type\":\"function\",\"function\":{"
                        + "\"name\":" + quoted(call.name()) + ",\"arguments\":" + quoted(call.arguments()) + "}}"));
                text.append(",\"tool_calls\":[").append(String.join(",", all)).append(']');
            }
            text.append(",\"refusal\":null,\"annotations\":[]},\"logprobs\":null,\"finish_reason\":");
            text.append(quoted(finish)).append('}');
        }
        text.append(']');
        if (place != UsagePlace.NEVER) {
            text.append(",\"usage\":").append(usageJson(input, charged));
        }
        return text.append(",\"system_fingerprint\":\"fp_1\"}").toString();
    }

    private static String usageJson(long input, long output) {
        return "{\"prompt_tokens\":" + input + ",\"completion_tokens\":" + output + ",\"total_tokens\":"
                + (input + output) + ",\"prompt_tokens_details\":{\"cached_tokens\":0,\"audio_tokens\":0},"
                + "\"completion_tokens_details\":{\"reasoning_tokens\":0,\"audio_tokens\":0,"
                + "\"accepted_prediction_tokens\":0,\"rejected_prediction_tokens\":0}}";
    }

    private static String quoted(String text) {
        return new JsonString(text).toJson();
    }

    /** Builds the chunks of one stream. */
    private final class Chunks {
        private final String start;
        private final int choices;
        private final long charged;
        private final boolean usageAsked;
        private final List<Step.Frame> frames = new ArrayList<>();
        private int told;

        Chunks(String id, String answering, int choices, long charged, boolean usageAsked) {
            this.start = "{\"id\":\"" + id + "\",\"object\":\"chat.completion.chunk\",\"created\":" + CREATED
                    + ",\"model\":" + quoted(answering) + ",\"choices\":[";
            this.choices = choices;
            this.charged = charged;
            this.usageAsked = usageAsked;
        }

        List<Step.Frame> all() {
            boolean first = place == UsagePlace.FIRST || place == UsagePlace.EVERY;
            add("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", null, false, first);
            reasoning.forEach(word -> add("{\"reasoning_content\":" + quoted(word) + "}", null, true, false));
            words.forEach(word -> add("{\"content\":" + quoted(word) + "}", null, true, false));
            for (int i = 0; i < calls.size(); i++) {
                call(i, calls.get(i));
            }
            add("{}", finish, false, place == UsagePlace.WITH_FINISH || place == UsagePlace.EVERY);
            if (place == UsagePlace.LAST && usageAsked) {
                frames.add(new Step.Frame(null, start + "],\"usage\":" + usageJson(input, charged) + "}", false, true));
            }
            return frames;
        }

        private void call(int index, ToolCall call) {
            String open = "{\"tool_calls\":[{\"index\":" + index;
            add(
                    open + ",\"id\":" + quoted(call.id()) + ",\"type\":\"function\",\"function\":{\"name\":"
                            + quoted(call.name()) + ",\"arguments\":\"\"}}]}",
                    null,
                    false,
                    false);
            int half = call.arguments().length() / 2;
            String one = call.arguments().substring(0, half);
            String two = call.arguments().substring(half);
            add(open + ",\"function\":{\"arguments\":" + quoted(one) + "}}]}", null, false, false);
            add(open + ",\"function\":{\"arguments\":" + quoted(two) + "}}]}", null, true, false);
        }

        private void add(String delta, @Nullable String finished, boolean content, boolean usage) {
            told += content ? 1 : 0;
            for (int choice = 0; choice < choices; choice++) {
                boolean tells = place == UsagePlace.EVERY || usage && choice == 0;
                long soFar = finished == null && place == UsagePlace.EVERY ? Math.min(told, charged) : charged;
                String tail = tells ? ",\"usage\":" + usageJson(input, soFar) : usageAsked ? ",\"usage\":null" : "";
                String payload = start + "{\"index\":" + choice + ",\"delta\":" + delta
                        + ",\"logprobs\":null,\"finish_reason\":" + (finished == null ? "null" : quoted(finished))
                        + "}]" + tail + "}";
                frames.add(new Step.Frame(null, payload, content, tells));
            }
        }
    }
}
