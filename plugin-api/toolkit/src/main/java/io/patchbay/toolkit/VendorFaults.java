package io.patchbay.toolkit;

import io.patchbay.spi.Bytes;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.FaultRule;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Next;
import io.patchbay.spi.Profile;
import io.patchbay.spi.Reader;
import io.patchbay.spi.Voice;
import io.patchbay.spi.http.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a vendor's error codes mean, wherever they turn up: in a refusal, in place of an answer, inside a stream. The host
 * reads the fault first; these rules then change its kind by the code it found. Immutable, the first rule that fits wins.
 *
 * <pre>{@code
 * static final VendorFaults FAULTS = VendorFaults.NONE
 *         .words(FaultKind.TOO_LONG, "range of input length", "InvalidParameter")
 *         .code(FaultKind.BAD_REQUEST, "InvalidParameter*", "MissingParameter");
 *
 * return FAULTS.over(DialectChat.of(…));
 * }</pre>
 */
public final class VendorFaults {
    /** No rules: every fault stays what the host read. */
    public static final VendorFaults NONE = new VendorFaults(List.of(), null);

    private static final int MOST_WORDS = 500;

    private final List<Rule> rules;
    private final @Nullable Pattern noise;

    private VendorFaults(List<Rule> rules, @Nullable Pattern noise) {
        this.rules = List.copyOf(rules);
        this.noise = noise;
    }

    /** Codes and words are in lower case; a star at either end of a code stands for anything. */
    private record Rule(FaultKind kind, int status, String code, String words) {
        boolean fits(int answered, String found, String message) {
            return (status == 0 || status == answered) && matches(found) && message.contains(words);
        }

        private boolean matches(String found) {
            boolean open = code.endsWith("*");
            boolean begun = code.startsWith("*");
            String text = code.replace("*", "");
            if (open && begun) {
                return found.contains(text);
            }
            return open ? found.startsWith(text) : begun ? found.endsWith(text) : found.equals(text);
        }
    }

    /** Returns the rules of a profile. */
    public static VendorFaults of(Profile profile) {
        return of(profile.faultRules());
    }

    /** Returns those rules. */
    public static VendorFaults of(List<FaultRule> faultRules) {
        List<Rule> rules = new ArrayList<>();
        for (FaultRule rule : faultRules) {
            for (String code : rule.codes().isEmpty() ? List.of("*") : rule.codes()) {
                rules.add(new Rule(
                        rule.kind(),
                        rule.status(),
                        code.toLowerCase(Locale.ROOT),
                        rule.words().toLowerCase(Locale.ROOT)));
            }
        }
        return rules.isEmpty() ? NONE : new VendorFaults(rules, null);
    }

    /**
     * Returns these rules and one more for each code, behind the others.
     *
     * @param codes in any case; a star at the beginning or the end stands for anything
     */
    public VendorFaults code(FaultKind kind, String... codes) {
        return with(kind, 0, "", codes);
    }

    /** Returns these rules and one more for each code, which counts for answers of that HTTP status only. */
    public VendorFaults status(FaultKind kind, int status, String... codes) {
        return with(kind, status, "", codes);
    }

    /**
     * Returns these rules and one more for each code whose message contains those words, behind the others.
     *
     * @param words a piece of the message, in any case
     * @param codes as in {@link #code}; {@code *} for any code and for none
     */
    public VendorFaults words(FaultKind kind, String words, String... codes) {
        return with(kind, 0, words.toLowerCase(Locale.ROOT), codes);
    }

    /** Returns these rules with the others behind them. */
    public VendorFaults and(VendorFaults others) {
        List<Rule> all = new ArrayList<>(rules);
        all.addAll(others.rules);
        return new VendorFaults(all, noise == null ? others.noise : noise);
    }

    /** Returns these rules, which also take from the vendor's words what matches, for example request ids. */
    public VendorFaults silencing(Pattern words) {
        return new VendorFaults(rules, words);
    }

    private VendorFaults with(FaultKind kind, int status, String words, String... codes) {
        List<Rule> more = new ArrayList<>(rules);
        for (String code : codes) {
            more.add(new Rule(kind, status, code.toLowerCase(Locale.ROOT), words));
        }
        return new VendorFaults(more, noise);
    }

    /**
     * Returns the fault of a code that a plugin found by itself, {@link FaultKind#UPSTREAM} unless a rule knows better.
     *
     * @param message the vendor's words; missing ones are replaced by the code
     */
    public Fault fault(@Nullable String code, @Nullable String message) {
        String words =
                message == null || message.isBlank() ? "the upstream reported the error " + code : message.strip();
        return read(
                Fault.builder(FaultKind.UPSTREAM, words.length() > MOST_WORDS ? words.substring(0, MOST_WORDS) : words)
                        .vendorCode(code)
                        .build());
    }

    /** Returns the fault with the kind its code stands for, or as it is. */
    public Fault read(Fault fault) {
        Fault read = judged(fault);
        if (noise == null) {
            return read;
        }
        String words = noise.matcher(read.message()).replaceAll("").strip();
        return words.isEmpty() || words.equals(read.message()) ? read : read.withMessage(words);
    }

    private Fault judged(Fault fault) {
        String code = fault.vendorCode() == null ? "" : fault.vendorCode().toLowerCase(Locale.ROOT);
        String message = fault.message().toLowerCase(Locale.ROOT);
        for (Rule rule : rules) {
            if (rule.fits(fault.status(), code, message)) {
                return rule.kind() == fault.kind()
                        ? fault
                        : fault.toBuilder().kind(rule.kind()).sub(null).build();
            }
        }
        return fault;
    }

    /** Returns that flow with every fault it ends with read by these rules. */
    public <E> Flow<E> over(Flow<E> flow) {
        return rules.isEmpty() && noise == null ? flow : turn -> heard(flow.begin(turn));
    }

    private Next heard(Next next) {
        return switch (next) {
            case Next.Fail fail -> Next.fail(read(fail.fault()));
            case Next.Ask ask ->
                Next.ask(ask.request(), ask.limit(), answer -> heard(ask.then().apply(answer)));
            case Next.Stream stream ->
                Next.stream(stream.request(), stream.framing(), new Heard(this, stream.reader()));
            case Next.Speak speak ->
                Next.speak(speak.request(), speak.framing(), speak.dialect(), new Tuned(this, speak.voice()));
            case Next.Pass pass ->
                Next.pass(pass.request(), answer -> heard(pass.refused().apply(answer)));
            case Next.Recall recall ->
                Next.recall(recall.memos(), known -> heard(recall.then().apply(known)));
            case Next.Pause pause ->
                Next.pause(pause.time(), () -> heard(pause.then().get()));
            default -> next;
        };
    }

    private record Heard(VendorFaults faults, Reader reader) implements Reader {
        @Override
        public Next on(String event, Bytes data) {
            return faults.heard(reader.on(event, data));
        }

        @Override
        public Next end() {
            return faults.heard(reader.end());
        }

        @Override
        public Next refused(Answer answer) {
            return faults.heard(reader.refused(answer));
        }

        @Override
        public Next unframed(Answer answer) {
            return faults.heard(reader.unframed(answer));
        }
    }

    private record Tuned(VendorFaults faults, Voice voice) implements Voice {
        @Override
        public Profile profile() {
            return voice.profile();
        }

        @Override
        public Next refused(Answer answer) {
            return faults.heard(voice.refused(answer));
        }

        @Override
        public @Nullable Next faulted(Fault fault) {
            Next other = voice.faulted(fault);
            if (other != null) {
                return faults.heard(other);
            }
            Fault read = faults.read(fault);
            return read.equals(fault) ? null : Next.fail(read);
        }
    }
}
