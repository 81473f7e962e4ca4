package io.patchbay.dialects.openai;

import io.patchbay.dialects.AnswerText;
import io.patchbay.dialects.Tally;
import io.patchbay.dialects.TapFacts;
import io.patchbay.dialects.fault.FaultReader;
import io.patchbay.dialects.scan.JsonCursor;
import io.patchbay.dialects.scan.ScanException;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Profile;
import io.patchbay.spi.Usage;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonException;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonString;
import io.patchbay.spi.json.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is learned of one answer, be it by a tap or by a decoder. */
final class ChatFacts implements TapFacts {
    private final Profile profile;
    private final Tally tally = new Tally();
    private @Nullable AnswerText text;
    private final Map<Integer, String> finishes = new TreeMap<>();
    private final Map<Integer, String> finishesView = Collections.unmodifiableMap(finishes);
    private Choice[] choices = new Choice[1];
    private @Nullable String id;
    private @Nullable String model;
    private long created = -1;
    private byte[] rawUsage = Bytes.EMPTY.array();
    private int rawUsageSize;
    private @Nullable JsonObject usageObject;
    private @Nullable Usage usage;
    private boolean content;
    private boolean ended;
    private int toolCalls;
    private @Nullable Fault fault;

    /** What is known of one choice. */
    static final class Choice {
        final int index;
        final ToolSlots tools = new ToolSlots();
        boolean begun;
        boolean finished;

        /** What follows is kept by decoders only: whether reasoning came in a member of its own. */
        boolean reasoned;

        /** What came of it in a member of the profile's. */
        final StringBuilder heard = new StringBuilder(0);

        @Nullable
        ReasoningTags tags;

        private Choice(int index) {
            this.index = index;
        }
    }

    ChatFacts(Profile profile) {
        this.profile = profile;
    }

    /** Adds what is said from now on to that text as well. */
    void keep(AnswerText keeper) {
        text = keeper;
    }

    /** Returns the choice of that index, which is at most {@link ChoiceScan#MAX_INDEX}. */
    Choice choice(int index) {
        if (index >= choices.length) {
            choices = Arrays.copyOf(choices, Math.max(index + 1, choices.length * 2));
        }
        Choice choice = choices[index];
        if (choice == null) {
            choice = new Choice(index);
            choices[index] = choice;
        }
        return choice;
    }

    /** Returns whether nothing that comes matters any more. */
    boolean over() {
        return ended || fault != null;
    }

    void id(String value) {
        if (id == null) {
            id = value;
        }
    }

    void model(String value) {
        if (model == null) {
            model = value;
        }
    }

    void created(long seconds) {
        if (created < 0) {
            created = seconds;
        }
    }

    /** Returns when the answer was made in seconds, or the fallback. */
    long createdOr(long fallback) {
        return created < 0 ? fallback : created;
    }

    void usage(byte[] array, int from, int to) {
        int length = to - from;
        if (rawUsage.length < length) {
            rawUsage = new byte[Math.max(length, 256)];
        }
        System.arraycopy(array, from, rawUsage, 0, length);
        rawUsageSize = length;
        usageObject = null;
        usage = null;
        told();
    }

    void usage(JsonObject object) {
        usageObject = object;
        rawUsageSize = 0;
        usage = null;
        told();
    }

    /** Nobody counts what the upstream has counted. */
    private void told() {
        if (text != null && !text.forgotten() && usage() != null) {
            text.forget();
        }
    }

    /** Notes a part of a choice, a name of {@link AnswerText}, that comes as the content of a JSON string. */
    void saidJson(Choice choice, int part, byte[] json, int from, int to) {
        tally.addJson(json, from, to);
        if (text != null) {
            text.addJson(choice.index, part, json, from, to);
        }
    }

    /** Notes a part of a choice that comes as it is. */
    void said(Choice choice, int part, byte[] utf8, int from, int to) {
        tally.add(utf8, from, to);
        if (text != null) {
            text.add(choice.index, part, utf8, from, to);
        }
    }

    /** Notes a part of a choice. */
    void said(Choice choice, int part, String words) {
        tally.add(words);
        if (text != null) {
            text.add(choice.index, part, words);
        }
    }

    void sawContent(Choice choice) {
        choice.begun = true;
        content = true;
    }

    void call(Choice choice, int before) {
        toolCalls += choice.tools.size() - before;
        sawContent(choice);
    }

    /** Notes the finish of a choice; the first one counts. Returns the dialect's word, or {@code null} for a fault. */
    @Nullable
    String finish(Choice choice, String word) {
        String reason = FinishWords.meaning(word, profile, choice.tools.size() > 0);
        if (reason.equals(FinishWords.ERROR)) {
            fail(Fault.builder(FaultKind.UPSTREAM, "the upstream ended the answer with an error")
                    .sub("upstream_server")
                    .vendorCode(word)
                    .build());
            return null;
        }
        if (!choice.finished) {
            choice.finished = true;
            finishes.put(choice.index, reason);
        }
        return reason;
    }

    /** The end marker came: choices with content and without a finish of their own are complete now. */
    void markerCame() {
        ended = true;
        for (Choice choice : open()) {
            finish(choice, "stop");
        }
    }

    /** Returns the choices that have content and no finish. */
    List<Choice> open() {
        List<Choice> open = new ArrayList<>();
        for (Choice choice : choices) {
            if (choice != null && choice.begun && !choice.finished) {
                open.add(choice);
            }
        }
        return open;
    }

    /** The whole answer was read and is one. */
    void wholeCame() {
        ended = true;
    }

    /** The whole body was read and holds no answer. */
    void noAnswer() {
        fail(Fault.builder(FaultKind.UPSTREAM, "the upstream's answer holds no choices")
                .sub("malformed_answer")
                .build());
    }

    /** The body ended cleanly. */
    void bodyEnded() {
        if (over()) {
            return;
        }
        if (!profile.endMarker() && !finishes.isEmpty() && open().isEmpty()) {
            ended = true;
            return;
        }
        fail(Fault.of(FaultKind.TRUNCATED, "the upstream's answer ended before it was complete"));
    }

    void fail(Fault value) {
        if (fault == null) {
            fault = value;
        }
    }

    /** Notes an error member; returns whether it says anything. */
    boolean error(JsonValue error) {
        if (!FaultReader.isError(JsonObject.of(Map.of("error", error)))) {
            return false;
        }
        fail(FaultReader.inBand(error));
        return true;
    }

    /** Notes an event named {@code error}. */
    void errorEvent(Bytes payload) {
        JsonValue value;
        try {
            value = payload.json();
        } catch (JsonException e) {
            value = new JsonString(payload.utf8());
        }
        fail(FaultReader.inBand(value));
    }

    /** Notes a payload that is no JSON object: an error in an array, or noise. */
    void foreign(Bytes payload) {
        if (payload.length() == 0 || payload.at(0) != '[') {
            return;
        }
        try {
            JsonValue value = payload.json();
            if (FaultReader.isError(value)) {
                fail(FaultReader.inBand(value));
            }
        } catch (JsonException e) {
            // Noise: a keep-alive word or a broken end marker.
        }
    }

    /** Notes an object that is no chunk: an error, or a vendor's own event. */
    void strange(JsonValue payload) {
        if (FaultReader.isError(payload)) {
            fail(FaultReader.inBand(payload));
        }
    }

    /** Notes a payload that begins as an object and is no JSON. */
    void broken(Bytes payload) {
        boolean cut = false;
        try {
            JsonCursor cursor = new JsonCursor();
            cursor.over(payload.array(), payload.offset(), payload.offset() + payload.length());
            cursor.skip();
            cursor.finish();
        } catch (ScanException e) {
            cut = e.cut();
        }
        fail(
                cut
                        ? Fault.of(FaultKind.TRUNCATED, "the upstream's answer broke off inside an event")
                        : Fault.builder(FaultKind.UPSTREAM, "the upstream sent an event that is no JSON")
                                .sub("malformed_answer")
                                .build());
    }

    void wild() {
        fail(Fault.builder(FaultKind.UPSTREAM, "the upstream sent choices that are none")
                .sub("malformed_answer")
                .build());
    }

    /** Returns the vendor's own usage object, or {@code null}. */
    @Nullable
    JsonObject usageObject() {
        if (usageObject == null && rawUsageSize > 0) {
            usageObject = Json.parse(rawUsage, 0, rawUsageSize).asObject();
        }
        return usageObject;
    }

    @Override
    public @Nullable String upstreamId() {
        return id;
    }

    @Override
    public @Nullable String upstreamModel() {
        return model;
    }

    @Override
    public @Nullable Usage usage() {
        JsonObject object = usageObject();
        if (usage == null && object != null) {
            usage = UsageJson.read(object);
        }
        // Some vendors send zeros when they do not count.
        return usage == null || usage.input() == 0 && usage.output() == 0 ? null : usage;
    }

    @Override
    public Map<Integer, String> finishes() {
        return finishesView;
    }

    @Override
    public boolean content() {
        return content;
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public int toolCalls() {
        return toolCalls;
    }

    @Override
    public Tally tally() {
        return tally;
    }

    @Override
    public @Nullable Fault fault() {
        return fault;
    }
}
