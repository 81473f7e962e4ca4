package io.patchbay.dialects.gemini;

import io.patchbay.dialects.ChatDecoder;
import io.patchbay.dialects.TapFacts;
import io.patchbay.dialects.fault.FaultReader;
import io.patchbay.dialects.gemini.GeminiFacts.Candidate;
import io.patchbay.dialects.scan.JsonCursor;
import io.patchbay.dialects.scan.ScanException;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Profile;
import io.patchbay.spi.Usage;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonException;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads the pieces of a streamed answer, one whole answer, or a list of pieces as a stream without events sends it.
 * Nothing marks the end: what ends the answer is told when the body has ended, because usage and text may follow a
 * finish reason.
 */
final class GeminiDecoder implements ChatDecoder {
    /** Members one of which every piece has. */
    private static final Set<String> KNOWN = Set.of("candidates", "promptFeedback", "usageMetadata");

    /** Google makes at most eight. */
    private static final int MOST_CANDIDATES = 1_000;

    private final Profile profile;
    private final boolean whole;
    private final GeminiFacts facts = new GeminiFacts();
    private final PartReader parts = new PartReader(facts);
    private boolean started;

    GeminiDecoder(Profile profile, boolean whole) {
        this.profile = profile;
        this.whole = whole;
    }

    @Override
    public void on(String event, Bytes payload, Consumer<ChatEvent> out) {
        if (facts.over()) {
            return;
        }
        char first = first(payload);
        if (first != '{' && first != '[') {
            // A keep-alive word, or nothing.
            return;
        }
        JsonValue value;
        try {
            value = payload.json();
        } catch (JsonException e) {
            if (first == '{' || whole) {
                broken(payload);
            }
            return;
        }
        List<JsonValue> pieces = value instanceof JsonArray list ? list.elements() : List.of(value);
        for (JsonValue piece : pieces) {
            if (piece instanceof JsonObject object && !facts.over()) {
                piece(object, out);
            }
        }
    }

    private static char first(Bytes payload) {
        for (int i = 0; i < payload.length(); i++) {
            byte b = payload.at(i);
            if (b != ' ' && b != '\t' && b != '\n' && b != '\r') {
                return (char) b;
            }
        }
        return ' ';
    }

    private void broken(Bytes payload) {
        boolean cut = false;
        try {
            JsonCursor cursor = new JsonCursor();
            cursor.over(payload.array(), payload.offset(), payload.offset() + payload.length());
            cursor.skip();
            cursor.finish();
        } catch (ScanException e) {
            cut = e.cut();
        }
        if (cut) {
            facts.fail(Fault.of(FaultKind.TRUNCATED, "the upstream's answer broke off inside an event"));
        } else {
            facts.malformed("the upstream sent an event that is no JSON");
        }
    }

    private void piece(JsonObject piece, Consumer<ChatEvent> out) {
        boolean known = KNOWN.stream().anyMatch(piece::has);
        JsonValue error = piece.get("error");
        if ((error != null || !known) && FaultReader.isError(piece)) {
            facts.fail(GeminiFaults.inBand(piece));
            return;
        }
        if (!known) {
            return;
        }
        List<JsonValue> candidates = piece.elements("candidates");
        if (candidates.size() > MOST_CANDIDATES || candidates.stream().anyMatch(GeminiDecoder::isWild)) {
            facts.malformed("the upstream sent candidates that are none");
            return;
        }
        facts.named(piece.string("responseId"), piece.string("modelVersion"));
        if (piece.get("usageMetadata") instanceof JsonObject usage) {
            facts.used(UsageMetadata.read(usage));
        }
        if (candidates.isEmpty()) {
            blocked(piece.get("promptFeedback") instanceof JsonObject feedback ? feedback : JsonObject.EMPTY);
        } else if (!started) {
            started = true;
            out.accept(new ChatEvent.Started(facts.upstreamId(), facts.upstreamModel()));
        }
        int position = 0;
        for (JsonValue candidate : candidates) {
            candidate(candidate.asObject(), position++, out);
        }
    }

    private static boolean isWild(JsonValue candidate) {
        return !(candidate instanceof JsonObject) || candidate.longValue("index", 0) > MOST_CANDIDATES;
    }

    private void blocked(JsonObject feedback) {
        String reason = feedback.string("blockReason", "");
        if (reason.isEmpty() || facts.content()) {
            return;
        }
        String words = feedback.string("blockReasonMessage", "");
        facts.fail(Fault.builder(
                        FaultKind.CONTENT,
                        "the upstream blocked the prompt (" + cut(reason, 100) + ")"
                                + (words.isEmpty() ? "" : ": " + cut(words, 300)))
                .sub("content_policy")
                .vendorCode(cut(reason, 100))
                .build());
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }

    private void candidate(JsonObject object, int position, Consumer<ChatEvent> out) {
        long index = object.longValue("index", position);
        Candidate candidate = facts.candidate((int) (index < 0 ? position : index));
        JsonValue content = object.get("content");
        if (content != null) {
            for (JsonValue part : content.elements("parts")) {
                if (part instanceof JsonObject known) {
                    parts.read(candidate, known, out);
                }
            }
        }
        JsonObject findings = Findings.of(object, candidate);
        if (!findings.isEmpty()) {
            out.accept(new ChatEvent.Extra(candidate.index, findings));
        }
        String word = object.string("finishReason", "");
        if (!word.isEmpty()) {
            candidate.word = word;
        }
    }

    @Override
    public void end(Consumer<ChatEvent> out) {
        if (facts.over()) {
            return;
        }
        if (facts.candidates().isEmpty()) {
            if (whole) {
                facts.malformed("the upstream's answer holds no candidates");
            } else {
                truncated();
            }
            return;
        }
        for (Candidate candidate : facts.candidates()) {
            String word = candidate.word;
            if (word == null && !whole) {
                truncated();
                return;
            }
            String said = word == null ? "STOP" : word;
            if (FinishReasons.isFailure(said) && !facts.content()) {
                facts.fail(Fault.builder(FaultKind.UPSTREAM, "the upstream ended its answer with " + said)
                        .sub("upstream_server")
                        .vendorCode(said)
                        .build());
                return;
            }
            facts.finish(candidate.index, FinishReasons.meaning(said, profile, candidate.calls > 0));
        }
        if (isEmpty()) {
            facts.fail(Fault.builder(FaultKind.UPSTREAM, "the upstream answered with nothing at all")
                    .sub("empty_answer")
                    .build());
            return;
        }
        facts.complete();
        facts.finishes().forEach((index, reason) -> out.accept(new ChatEvent.Finish(index, reason)));
        Usage usage = facts.usage();
        if (usage != null) {
            out.accept(new ChatEvent.Used(usage));
        }
    }

    private void truncated() {
        facts.fail(Fault.of(FaultKind.TRUNCATED, "the upstream's answer ended before it was complete"));
    }

    /** A known hiccup of Google's: it stops without having said or thought anything, and does better the next time. */
    private boolean isEmpty() {
        Usage usage = facts.usage();
        return !facts.content()
                && (usage == null || usage.output() == 0)
                && facts.finishes().values().stream().allMatch("stop"::equals);
    }

    @Override
    public TapFacts facts() {
        return facts;
    }
}
