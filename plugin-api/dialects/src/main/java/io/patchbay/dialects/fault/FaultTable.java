package io.patchbay.dialects.fault;

import io.patchbay.dialects.fault.FaultReader.Verdict;
import io.patchbay.spi.FaultKind;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What vendors' names and words of errors mean. */
final class FaultTable {
    private static final Verdict TOO_LONG = new Verdict(FaultKind.TOO_LONG, "context_length");
    private static final Verdict INVALID = new Verdict(FaultKind.BAD_REQUEST, "invalid_request");
    private static final Verdict TOO_LARGE = new Verdict(FaultKind.BAD_REQUEST, "too_large");
    private static final Verdict CONTENT = new Verdict(FaultKind.CONTENT, "content_policy");
    private static final Verdict EMPTY = new Verdict(FaultKind.QUOTA, "quota_exhausted");
    private static final Verdict BAD_KEY = new Verdict(FaultKind.KEY_DEAD, "auth_invalid");
    private static final Verdict BANNED = new Verdict(FaultKind.KEY_DEAD, "account_banned");
    private static final Verdict NO_MODEL = new Verdict(FaultKind.NO_ACCESS, "model_not_found");
    private static final Verdict FORBIDDEN = new Verdict(FaultKind.NO_ACCESS, "permission");
    private static final Verdict REGION = new Verdict(FaultKind.NO_ACCESS, "region_blocked");
    private static final Verdict LIMITED = new Verdict(FaultKind.RATE, "rate_limited");
    private static final Verdict OVERLOADED = new Verdict(FaultKind.RETRY, "overloaded");
    private static final Verdict LATE = new Verdict(FaultKind.RETRY, "timeout");
    private static final Verdict CONFLICT = new Verdict(FaultKind.RETRY, "conflict");
    private static final Verdict BROKEN = new Verdict(FaultKind.UPSTREAM, "upstream_server");
    private static final Verdict MALFORMED = new Verdict(FaultKind.UPSTREAM, "malformed_answer");
    private static final Verdict CLOCK = new Verdict(FaultKind.CLOCK, "clock_skew");
    private static final Verdict ENDPOINT = new Verdict(FaultKind.CONFIG, "endpoint");

    /** Codes, types and detail reasons, in lower case. */
    private static final Map<String, Verdict> NAMES = new HashMap<>();

    /** Pieces of messages in lower case, in order of precedence. Never the bare words credit, balance, quota. */
    private static final List<Phrase> PHRASES = List.of(
            new Phrase("api_key_invalid", BAD_KEY),
            new Phrase("date header", CLOCK),
            new Phrase("clock skew", CLOCK),
            new Phrase("requesttimetooskewed", CLOCK),
            new Phrase("user location is not supported", REGION),
            new Phrase("country, region, or territory not supported", REGION),
            new Phrase("unsupported_country_region_territory", REGION),
            new Phrase("rejected as a result of our safety system", CONTENT),
            new Phrase("content management policy", CONTENT),
            new Phrase("flagged as potentially violating", CONTENT),
            new Phrase("content_policy_violation", CONTENT),
            new Phrase("敏感内容", CONTENT),
            new Phrase("maximum context length", TOO_LONG),
            new Phrase("context_length_exceeded", TOO_LONG),
            new Phrase("context length exceeded", TOO_LONG),
            new Phrase("prompt is too long", TOO_LONG),
            new Phrase("input is too long", TOO_LONG),
            new Phrase("exceed context limit", TOO_LONG),
            new Phrase("exceeds the context window", TOO_LONG),
            new Phrase("exceeds the maximum number of tokens", TOO_LONG),
            new Phrase("exceeded model token limit", TOO_LONG),
            new Phrase("invalid api key", BAD_KEY),
            new Phrase("incorrect api key", BAD_KEY),
            new Phrase("api key not valid", BAD_KEY),
            new Phrase("api key expired", BAD_KEY),
            new Phrase("your api key was reported as leaked", BAD_KEY),
            new Phrase("must be a member of an organization", BAD_KEY),
            new Phrase("security token included in the request is invalid", BAD_KEY),
            new Phrase("your account is not authorized", BAD_KEY),
            new Phrase("you exceeded your current quota", EMPTY),
            new Phrase("credit balance is too low", EMPTY),
            new Phrase("insufficient balance", EMPTY),
            new Phrase("insufficient_quota", EMPTY),
            new Phrase("billing_not_active", EMPTY),
            new Phrase("account is not active", EMPTY),
            new Phrase("欠费", EMPTY),
            new Phrase("余额不足", EMPTY),
            new Phrase("account_deactivated", BANNED),
            new Phrase("organization has been disabled", BANNED),
            new Phrase("organization has been restricted", BANNED),
            new Phrase("your access was terminated", BANNED),
            new Phrase("violation of our policies", BANNED),
            new Phrase("suspended", BANNED),
            new Phrase("does not exist or you do not have access", NO_MODEL),
            new Phrase("does not have access to model", NO_MODEL),
            new Phrase("model not found", NO_MODEL),
            new Phrase("missing scopes", FORBIDDEN),
            new Phrase("must be verified", FORBIDDEN),
            new Phrase("invalid url (", ENDPOINT),
            new Phrase("rate limit", LIMITED),
            new Phrase("too many requests", LIMITED),
            new Phrase("currently overloaded", OVERLOADED),
            new Phrase("is overloaded", OVERLOADED));

    static {
        names(
                TOO_LONG,
                "context_length_exceeded",
                "context_window_exceeded",
                "input_too_long",
                "exceed_context_size_error");
        names(
                INVALID,
                "unsupported_parameter",
                "unsupported_value",
                "unknown_parameter",
                "invalid_type",
                "missing_required_parameter",
                "invalid_value",
                "invalid_function_parameters",
                "string_above_max_length",
                "invalid_image_url",
                "invalid_image",
                "invalid_image_format",
                "image_parse_error",
                "image_too_large",
                "invalid_base64_image");
        names(TOO_LARGE, "request_too_large");
        names(
                CONTENT,
                "content_policy_violation",
                "content_filter",
                "content_filtered",
                "invalid_prompt",
                "cyber_policy",
                "moderation_blocked",
                "responsibleaipolicyviolation",
                "data_inspection_failed",
                "datainspectionfailed");
        names(
                EMPTY,
                "insufficient_quota",
                "billing_hard_limit_reached",
                "billing_not_active",
                "insufficient_balance",
                "insufficient_balance_error",
                "exceeded_current_quota_error",
                "arrearage");
        names(
                BAD_KEY,
                "invalid_api_key",
                "invalid_organization",
                "mismatched_organization",
                "authentication_error",
                "invalid_authentication_error",
                "incorrect_api_key_error",
                "api_key_invalid",
                "unauthenticated");
        names(BANNED, "account_deactivated");
        names(REGION, "unsupported_country_region_territory");
        names(NO_MODEL, "model_not_found", "model_not_available", "not_found_error", "resource_not_found_error");
        names(FORBIDDEN, "permission_error", "permission_denied_error", "insufficient_permissions");
        names(
                LIMITED,
                "rate_limit_exceeded",
                "rate_limit_error",
                "rate_limit_reached_error",
                "too_many_requests",
                "resource_exhausted",
                "requests",
                "tokens");
        names(
                OVERLOADED,
                "overloaded_error",
                "server_is_overloaded",
                "slow_down",
                "engine_overloaded",
                "engine_overloaded_error",
                "unavailable",
                "unavailable_error",
                "service_unavailable");
        names(LATE, "deadline_exceeded", "timeout", "request_timeout");
        names(CLOCK, "requesttimetooskewed");
        names(
                BROKEN,
                "server_error",
                "internal_error",
                "internal_server_error",
                "internal",
                "api_error",
                "upstream_error",
                "bad_gateway");
    }

    /** Names that a telling message outdoes: vendors put an empty account under a rate, permission or server error. */
    private static final Set<String> BROAD = Set.of(
            "rate_limit_error",
            "too_many_requests",
            "requests",
            "tokens",
            "permission_error",
            "permission_denied_error",
            "not_found_error",
            "server_error",
            "internal_error",
            "internal_server_error",
            "internal",
            "api_error",
            "upstream_error",
            "bad_gateway");

    private record Phrase(String words, Verdict verdict) {}

    private FaultTable() {}

    private static void names(Verdict verdict, String... names) {
        for (String name : names) {
            NAMES.put(name, verdict);
        }
    }

    /** Returns what the body says, or {@code null} when it says nothing we know. */
    static @Nullable Verdict byWords(ErrorWords words, int status) {
        Verdict limited = byQuotaDetails(words);
        if (limited != null) {
            return limited;
        }
        Verdict broad = null;
        for (String reason : words.reasons()) {
            Verdict verdict = name(reason);
            if (verdict != null) {
                return verdict;
            }
        }
        for (String name : new String[] {words.code(), words.type()}) {
            Verdict verdict = name(name);
            if (name == null || verdict == null) {
                continue;
            }
            if (!BROAD.contains(name.toLowerCase(Locale.ROOT))) {
                return verdict;
            }
            broad = broad == null ? verdict : broad;
        }
        String message = words.json() ? words.message().toLowerCase(Locale.ROOT) : words.surface();
        if (words.json() || status / 100 == 4 && !message.stripLeading().startsWith("<")) {
            for (Phrase phrase : PHRASES) {
                if (message.contains(phrase.words())) {
                    return phrase.verdict();
                }
            }
        }
        return broad;
    }

    /** Google tells only in its details whether a minute's or a day's quota is used up. */
    private static @Nullable Verdict byQuotaDetails(ErrorWords words) {
        Verdict found = null;
        for (String reason : words.reasons()) {
            if (reason.contains("PerDay")) {
                return EMPTY;
            }
            if (reason.contains("PerMinute")) {
                found = LIMITED;
            }
        }
        return found;
    }

    private static @Nullable Verdict name(@Nullable String name) {
        return name == null ? null : NAMES.get(name.toLowerCase(Locale.ROOT));
    }

    /** Returns what a status means when the body is silent. */
    static Verdict byStatus(int status) {
        return switch (status) {
            case 401 -> BAD_KEY;
            case 402 -> EMPTY;
            case 403 -> FORBIDDEN;
            case 404 -> NO_MODEL;
            case 408, 425, 499 -> LATE;
            case 409 -> CONFLICT;
            case 413 -> TOO_LARGE;
            case 429 -> LIMITED;
            case 503, 529 -> OVERLOADED;
            default -> {
                if (status >= 300 && status < 400) {
                    yield ENDPOINT;
                }
                if (status >= 400 && status < 500) {
                    yield INVALID;
                }
                yield status >= 500 ? BROKEN : MALFORMED;
            }
        };
    }
}
