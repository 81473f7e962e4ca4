package io.patchbay.dialects.openai;

import io.patchbay.dialects.AnswerText;
import io.patchbay.dialects.ClientPlan;
import io.patchbay.dialects.Tap;
import io.patchbay.dialects.TapFacts;
import io.patchbay.dialects.Verdict;
import io.patchbay.dialects.frame.FrameOut;
import io.patchbay.dialects.scan.ScanException;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Profile;
import io.patchbay.spi.Usage;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Listens to a forwarded chat stream. Changed on the way: the model's name; usage in chunks that also have choices
 * becomes {@code null}, because the usage event of its own follows; a finish reason that the profile translates or that
 * contradicts the tool calls; an empty role, and a choice without a delta, which official SDKs refuse. Everything else
 * passes byte by byte.
 */
final class OpenAiTap implements Tap {
    private static final String HOLDER = "delta";
    private static final byte[] NULL = Splices.ascii("null");
    private static final byte[] DONE = Splices.ascii("[DONE]");

    private final ClientPlan plan;
    private final ChatFacts facts;
    private final byte[] model;
    private final ChunkScan scan = new ChunkScan();
    private final Splices splices = new Splices();
    private final ScanReader reader;

    private boolean writable;
    private boolean committed;
    private int judgedFrom;
    /** The chunk printed anew when its own bytes were ambiguous. */
    private byte @Nullable [] reprinted;

    OpenAiTap(ClientPlan plan, Profile profile) {
        this.plan = plan;
        this.facts = new ChatFacts(profile);
        this.model = JsonValue.of(plan.publicModel()).toBytes();
        this.reader = new ScanReader(facts, scan, splices, false);
    }

    @Override
    public Verdict on(String event, Bytes payload) {
        writable = false;
        if (facts.over()) {
            return Verdict.DROP;
        }
        if (event.equals("error")) {
            facts.errorEvent(payload);
            return Verdict.DROP;
        }
        int begin = Payloads.begin(payload);
        Verdict verdict = switch (Payloads.kind(payload, begin)) {
            case Payloads.NOTHING -> Verdict.DROP;
            case Payloads.END -> {
                facts.markerCame();
                yield facts.fault() == null ? Verdict.LAST : Verdict.DROP;
            }
            case Payloads.OBJECT -> chunk(payload);
            default -> {
                facts.foreign(payload.slice(begin, payload.length() - begin));
                yield Verdict.DROP;
            }
        };
        scan.release();
        writable = verdict == Verdict.FORWARD || verdict == Verdict.HOLD;
        committed |= verdict == Verdict.FORWARD;
        return verdict;
    }

    private Verdict chunk(Bytes payload) {
        splices.clear();
        reprinted = null;
        byte[] array = payload.array();
        int from = payload.offset();
        int to = from + payload.length();
        try {
            scan.scan(array, from, to, HOLDER, false);
            if (scan.odd()) {
                // Names that are escaped or repeated: print the chunk so that it can be understood in one way only.
                array = payload.json().toBytes();
                reprinted = array;
                from = 0;
                to = array.length;
                scan.scan(array, from, to, HOLDER, true);
            }
        } catch (ScanException e) {
            facts.broken(payload);
            return Verdict.DROP;
        }
        judgedFrom = from;
        return judge(array, from, to);
    }

    private Verdict judge(byte[] array, int from, int to) {
        JsonValue error = scan.error();
        if (error != null && facts.error(error)) {
            return Verdict.DROP;
        }
        if (scan.wild()) {
            facts.wild();
            return Verdict.DROP;
        }
        if (scan.choices() < 0 && scan.usageTo() == 0) {
            facts.strange(Json.parse(array, from, to - from));
            return Verdict.DROP;
        }
        reader.head(array);
        if (scan.choices() <= 0) {
            return Verdict.DROP;
        }
        boolean finished = reader.choices(array);
        // A whole message behind the stream repeats the text: some clients would append it.
        if (facts.fault() != null || scan.misplaced() && !finished) {
            return Verdict.DROP;
        }
        rename(array);
        if (scan.usageTo() > 0) {
            splices.add(scan.usageFrom(), scan.usageTo(), NULL);
        }
        return committed || facts.content() || !facts.finishes().isEmpty() ? Verdict.FORWARD : Verdict.HOLD;
    }

    private void rename(byte[] array) {
        int from = scan.modelFrom();
        int to = scan.modelTo();
        if (to > from && !Arrays.equals(array, from, to, model, 0, model.length)) {
            splices.add(from, to, model);
        }
    }

    @Override
    public void write(Bytes payload, FrameOut out) {
        if (!writable) {
            return;
        }
        writable = false;
        out.open(null);
        byte[] instead = reprinted;
        if (instead == null) {
            int from = payload.offset();
            splices.write(payload.array(), from, from + payload.length(), judgedFrom - from, out);
        } else {
            splices.write(instead, 0, instead.length, 0, out);
        }
        out.close();
    }

    @Override
    public void end() {
        facts.bodyEnded();
    }

    @Override
    public void tail(Usage usage, FrameOut out) {
        if (plan.usageAsked()) {
            JsonObject told = facts.usage() == null ? null : facts.usageObject();
            String id = facts.upstreamId();
            Chunks.usage(
                    id == null ? plan.answerId() : id,
                    facts.createdOr(plan.createdSeconds()),
                    model,
                    told == null ? UsageJson.write(usage) : told,
                    out);
        }
        out.open(null).piece(DONE).close();
    }

    @Override
    public void keep(AnswerText text) {
        facts.keep(text);
    }

    @Override
    public TapFacts facts() {
        return facts;
    }
}
