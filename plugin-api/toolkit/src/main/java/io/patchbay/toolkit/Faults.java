package io.patchbay.toolkit;

import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finer readings of refusals than the host's common tables, for vendors an author knows better. */
public final class Faults {
    private static final Set<String> REFUSING_CODES =
            Set.of("unsupported_parameter", "unsupported_value", "unknown_parameter");

    /** How servers name a field they refuse when they give no {@code param}; the name is the only group. */
    private static final List<Pattern> REFUSING_WORDS = List.of(
            Pattern.compile(
                    "(?i)(?:unsupported|unknown|unrecognized) (?:parameter|field|argument)s?:? *[`'\"]?([a-z_]+)"),
            Pattern.compile("(?i)unrecognized request arguments? supplied: *([a-z_]+)"),
            Pattern.compile("(?i)property [`'\"]([a-z_]+)[`'\"] is unsupported"));

    private static final Pattern SUGGESTED = Pattern.compile("(?i)use [`'\"]([a-z_]+)[`'\"] instead");

    private Faults() {}

    /**
     * Returns a reading by the vendor's own codes: when the answer's {@code error.code}, {@code error.type},
     * {@code code} or {@code type} is in the table, that kind; else the host's reading.
     *
     * @param kinds the vendor's codes and what they mean
     */
    public static Function<Answer, Fault> byCode(Map<String, FaultKind> kinds) {
        Map<String, FaultKind> table = Map.copyOf(kinds);
        return answer -> {
            Fault fault = answer.fault();
            JsonValue body = answer.json();
            if (body == null) {
                return fault;
            }
            JsonValue error = body.get("error");
            for (JsonValue place : error == null ? List.of(body) : List.of(error, body)) {
                for (String member : List.of("code", "type")) {
                    JsonValue value = place.get(member);
                    String code = value == null ? null : value.scalarText();
                    FaultKind kind = code == null ? null : table.get(code);
                    if (kind != null) {
                        return fault.toBuilder().kind(kind).vendorCode(code).build();
                    }
                }
            }
            return fault;
        };
    }

    /**
     * Returns the request field a refusal names, or {@code null} when the refusal has another reason. Reads OpenAI's
     * {@code param} with the codes for unknown and unsupported parameters, and the usual words of servers that give no
     * code. A path such as {@code stream_options.include_usage} is returned as it came.
     */
    public static @Nullable String refusedField(Answer answer) {
        JsonValue error = error(answer);
        if (error == null) {
            return null;
        }
        String code = error.string("code");
        String param = error.string("param");
        if (code != null && REFUSING_CODES.contains(code) && param != null) {
            return param;
        }
        String message = error.string("message", "");
        for (Pattern words : REFUSING_WORDS) {
            Matcher matcher = words.matcher(message);
            if (matcher.find()) {
                return matcher.group(1);
            }
        }
        return null;
    }

    /** Returns the field a refusal asks to use in place of the refused one, or {@code null}. */
    public static @Nullable String suggestedField(Answer answer) {
        JsonValue error = error(answer);
        Matcher matcher = SUGGESTED.matcher(error == null ? "" : error.string("message", ""));
        return matcher.find() ? matcher.group(1) : null;
    }

    /** Returns the fault of a channel whose address is no web address; the address itself is left out. */
    public static Fault badEndpoint() {
        return Fault.of(FaultKind.CONFIG, "the channel's endpoint must be an http or https address with a host");
    }

    private static @Nullable JsonValue error(Answer answer) {
        if (answer.status() != 400 && answer.status() != 422) {
            return null;
        }
        JsonValue body = answer.json();
        return body == null ? null : body.get("error");
    }
}
