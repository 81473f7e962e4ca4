package io.patchbay.dialects.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Bytes;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FaultReaderTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    private static Fault read(int status, String body, Map<String, String> headers) {
        return FaultReader.read(status, headers::get, Bytes.of(body), NOW);
    }

    private static Fault read(int status, String body) {
        return read(status, body, Map.of());
    }

    private static String said(Fault fault) {
        return fault.kind() + (fault.sub() == null ? "" : "/" + fault.sub());
    }

    /** The tables of the OpenAI dialect and of its relatives, one row each. */
    @ParameterizedTest
    @CsvFileSource(resources = "/faults.csv", delimiter = '|', quoteCharacter = '`')
    void readsTheTables(int status, String body, String expected, String code) {
        Fault fault = read(status, body == null ? "" : body);
        assertThat(said(fault)).isEqualTo(expected);
        assertThat(fault.vendorCode()).isEqualTo(code);
        assertThat(fault.status()).isEqualTo(status);
    }

    /** The fragments that justify disabling a key. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Invalid API key provided|KEY_DEAD/auth_invalid",
                "Incorrect API key|KEY_DEAD/auth_invalid",
                "API key not valid. Please pass a valid API key.|KEY_DEAD/auth_invalid",
                "API key expired. Please renew|KEY_DEAD/auth_invalid",
                "Your API key was reported as leaked. Use another|KEY_DEAD/auth_invalid",
                "The security token included in the request is invalid|KEY_DEAD/auth_invalid",
                "Your account is not authorized to do this|KEY_DEAD/auth_invalid",
                "You must be a member of an organization to use the API|KEY_DEAD/auth_invalid",
                "error account_deactivated|KEY_DEAD/account_banned",
                "This organization has been disabled.|KEY_DEAD/account_banned",
                "Your organization has been restricted|KEY_DEAD/account_banned",
                "your access was terminated due to|KEY_DEAD/account_banned",
                "in violation of our policies|KEY_DEAD/account_banned",
                "the account is suspended|KEY_DEAD/account_banned",
                "Your account is not active, please check your billing details|QUOTA/quota_exhausted",
                "You exceeded your current quota, please check|QUOTA/quota_exhausted",
                "Your credit balance is too low to access|QUOTA/quota_exhausted",
                "Insufficient Balance|QUOTA/quota_exhausted",
                "insufficient_quota here|QUOTA/quota_exhausted",
                "billing_not_active|QUOTA/quota_exhausted",
                "账户已欠费|QUOTA/quota_exhausted",
                "余额不足，请充值|QUOTA/quota_exhausted",
            })
    void readsFragmentsOfMessages(String message, String expected) {
        assertThat(said(read(400, "{\"error\":{\"message\":\"" + message + "\",\"type\":\"invalid_request_error\"}}")))
                .isEqualTo(expected);
        assertThat(said(FaultReader.inBand(Json.parse("{\"message\":\"" + message + "\"}"))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "credit where credit is due",
                "the balance of the scales",
                "quota of 5 images per message",
                "permission to speak",
                "a suspicious word"
            })
    void doesNotPunishKeysForBareWords(String message) {
        assertThat(read(400, "{\"error\":{\"message\":\"" + message + "\"}}").kind())
                .isEqualTo(FaultKind.BAD_REQUEST);
    }

    @ParameterizedTest
    @CsvSource({
        "301,CONFIG/endpoint",
        "400,BAD_REQUEST/invalid_request",
        "401,KEY_DEAD/auth_invalid",
        "402,QUOTA/quota_exhausted",
        "403,NO_ACCESS/permission",
        "404,CONFIG/endpoint",
        "405,CONFIG/endpoint",
        "408,RETRY/timeout",
        "409,RETRY/conflict",
        "413,BAD_REQUEST/too_large",
        "415,BAD_REQUEST/invalid_request",
        "422,BAD_REQUEST/invalid_request",
        "429,RATE/rate_limited",
        "500,UPSTREAM/upstream_server",
        "502,UPSTREAM/upstream_server",
        "503,RETRY/overloaded",
        "504,UPSTREAM/upstream_server",
        "520,UPSTREAM/upstream_server",
        "524,UPSTREAM/upstream_server",
        "529,RETRY/overloaded",
        "200,UPSTREAM/malformed_answer"
    })
    void fallsBackToTheStatus(int status, String expected) {
        Fault fault = read(status, "");
        assertThat(said(fault)).isEqualTo(expected);
        assertThat(fault.message()).isEqualTo("the upstream answered with status " + status);
        assertThat(fault.vendorCode()).isNull();
    }

    @Test
    void takesAMissingModelForAMissingModelOnlyWhenTheVendorAnswers() {
        assertThat(said(read(404, "{\"error\":{\"message\":\"no\"}}"))).isEqualTo("NO_ACCESS/model_not_found");
        assertThat(said(read(404, "<html><head><title>404 Not Found</title></head></html>")))
                .isEqualTo("CONFIG/endpoint");
        assertThat(said(read(404, "404 page not found"))).isEqualTo("CONFIG/endpoint");
        assertThat(said(read(
                        404,
                        "{\"error\":{\"message\":\"Invalid URL (POST /v1/v1/chat/completions)\","
                                + "\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}")))
                .isEqualTo("CONFIG/endpoint");
    }

    @Test
    void recognisesCloudflare() {
        String page =
                "<!DOCTYPE html><html><title>Attention Required! | Cloudflare</title><body>blocked: suspended</body></html>";
        Fault fault = read(403, page);
        assertThat(said(fault)).isEqualTo("NO_ACCESS/region_blocked");
        assertThat(fault.message()).isEqualTo("Attention Required! | Cloudflare");
        assertThat(said(read(403, "denied", Map.of("cf-ray", "8a")))).isEqualTo("NO_ACCESS/region_blocked");
        assertThat(said(read(502, "<html><title>502 | Cloudflare</title></html>")))
                .isEqualTo("UPSTREAM/upstream_server");
        assertThat(said(read(403, "<html><title>Forbidden</title></html>"))).isEqualTo("NO_ACCESS/permission");
    }

    @Test
    void readsGooglesDetails() {
        String minute = """
                {"error":{"code":429,"message":"You exceeded your current quota","status":"RESOURCE_EXHAUSTED","details":[
                {"@type":"QuotaFailure","violations":[{"quotaId":"GenerateRequestsPerMinutePerProject"}]},
                {"@type":"RetryInfo","retryDelay":"34.4s"}]}}""";
        Fault fault = read(429, minute);
        assertThat(said(fault)).isEqualTo("RATE/rate_limited");
        assertThat(fault.after()).isEqualTo(Duration.ofMillis(34_400));
        assertThat(said(read(429, minute.replace("PerMinute", "PerDay")))).isEqualTo("QUOTA/quota_exhausted");
        assertThat(said(read(400, """
                [{"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT",
                "details":[{"reason":"API_KEY_INVALID"}]}}]"""))).isEqualTo("KEY_DEAD/auth_invalid");
        assertThat(said(read(400, """
                {"error":{"code":400,"message":"User location is not supported for the API use.","status":"FAILED_PRECONDITION"}}"""))).isEqualTo("NO_ACCESS/region_blocked");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retry-after-ms|1500|1.5",
                "retry-after|2|2",
                "retry-after|0.25|0.25",
                "retry-after|Tue, 24 Nov 2026 10:01:30 GMT|90",
                "retry-after|Tue, 24 Nov 2026 09:00:00 GMT|0",
                "retry-after|-5|0",
                "retry-after|99999999|604800",
                "x-ratelimit-reset|1795514460|60",
                "x-ratelimit-reset|1795514460000|60",
                "x-ratelimit-reset|2026-11-24T10:00:30Z|30",
                "x-ratelimit-reset|12|12",
                "x-ratelimit-reset|6m0s|360",
            })
    void readsHowLongToWait(String header, String value, double seconds) {
        Fault fault =
                read(429, "{\"error\":{\"message\":\"slow\",\"code\":\"rate_limit_exceeded\"}}", Map.of(header, value));
        assertThat(fault.after()).isEqualTo(Duration.ofMillis((long) (seconds * 1000)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "", "1e99", "NaN", "Wed, 99 Nov 2026"})
    void ignoresNonsenseInRetryHeaders(String value) {
        assertThat(read(503, "", Map.of("retry-after", value)).after()).isNull();
    }

    @Test
    void obeysTheFirstOfSeveralWaits() {
        Map<String, String> headers = Map.of("retry-after-ms", "100", "retry-after", "7");
        assertThat(read(429, "", headers).after()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void waitsForTheLimitThatIsUsedUp() {
        Map<String, String> headers = Map.of(
                "x-ratelimit-remaining-requests", "12",
                "x-ratelimit-reset-requests", "1h0m0s",
                "x-ratelimit-remaining-tokens", "0",
                "x-ratelimit-reset-tokens", "59.5ms");
        assertThat(read(429, "", headers).after()).isEqualTo(Duration.ofNanos(59_500_000));
        assertThat(read(429, "", Map.of("x-ratelimit-remaining-requests", "3", "x-ratelimit-reset-requests", "1s"))
                        .after())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Please try again in 1.2s. Visit|1200",
                "Please try again in 6m0.5s.|360500",
                "Please try again in 20 seconds|20000",
                "please retry after 3s|3000",
                "Please try again in 350ms|350",
            })
    void readsTheWaitFromTheMessage(String message, long millis) {
        assertThat(read(429, "{\"error\":{\"message\":\"" + message + "\",\"code\":\"rate_limit_exceeded\"}}")
                        .after())
                .isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void heedsTheVendorsWordOnRetrying() {
        assertThat(said(read(400, "{}", Map.of("x-should-retry", "true")))).isEqualTo("RETRY/asked_to_retry");
        assertThat(said(read(503, "{}", Map.of("x-should-retry", "false")))).isEqualTo("UPSTREAM/do_not_retry");
        assertThat(said(read(401, "{}", Map.of("x-should-retry", "true")))).isEqualTo("KEY_DEAD/auth_invalid");
        assertThat(said(read(429, "{}", Map.of("x-should-retry", "false")))).isEqualTo("RATE/rate_limited");
        assertThat(said(read(400, "{\"error\":{\"code\":\"invalid_value\"}}", Map.of("x-should-retry", "true"))))
                .isEqualTo("BAD_REQUEST/invalid_request");
        assertThat(said(read(503, "{}", Map.of("x-should-retry", "maybe")))).isEqualTo("RETRY/overloaded");
    }

    @Test
    void cleansTheMessage() {
        Fault fault = read(
                401,
                "{\"error\":{\"message\":\"Incorrect API key provided: sk-proj-abc***xyz1.\\n\\u0000\\u001b[31m See"
                        + " https://platform.openai.com/account?x=1 in organization org-AbCdEf12345 on 10.1.2.3:8080,"
                        + " Bearer abc.def-ghi AIzaSyA1234567890 <b>bold</b>\\u202e\\u200b\"}}");
        assertThat(fault.message())
                .isEqualTo("Incorrect API key provided: *** [31m See (link) in organization *** on (address), *** ***"
                        + " bold");
    }

    @Test
    void keepsModelNamesInTheMessage() {
        assertThat(read(404, "{\"error\":{\"message\":\"The model `gpt-5.4-mini-2026-03-17` does not exist\"}}")
                        .message())
                .isEqualTo("The model `gpt-5.4-mini-2026-03-17` does not exist");
    }

    @ParameterizedTest
    @ValueSource(ints = {499, 500, 501, 5_000, 60_000})
    void boundsTheMessage(int length) {
        String words = "é\\ud83d\\ude00".repeat(length / 3 + 1);
        Fault fault = read(500, "{\"error\":{\"message\":\"" + words + "\"}}");
        assertThat(fault.message().length()).isLessThanOrEqualTo(500);
        assertThat(fault.message().getBytes(StandardCharsets.UTF_8))
                .isEqualTo(new String(fault.message().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                        .getBytes(StandardCharsets.UTF_8))
                .doesNotContain((byte) '?');
        String page = "<html><title>" + "x".repeat(length) + "</title>" + "<".repeat(length);
        assertThat(read(500, page).message().length()).isLessThanOrEqualTo(500);
        assertThat(read(500, "x ".repeat(length)).message().length()).isLessThanOrEqualTo(500);
    }

    @Test
    void readsErrorsInsideAStream() {
        assertThat(said(FaultReader.inBand(Json.parse("{\"code\":503,\"message\":\"x\"}"))))
                .isEqualTo("RETRY/overloaded");
        assertThat(said(FaultReader.inBand(Json.parse("{\"code\":\"context_length_exceeded\"}"))))
                .isEqualTo("TOO_LONG/context_length");
        assertThat(said(FaultReader.inBand(Json.parse("\"no more memory\"")))).isEqualTo("UPSTREAM/upstream_server");
        assertThat(FaultReader.inBand(Json.parse("\"no more memory\"")).message())
                .isEqualTo("no more memory");
        assertThat(FaultReader.inBand(Json.parse("{}")).message()).isEqualTo("the upstream reported an error");
        assertThat(said(FaultReader.inBand(Json.parse("{\"error\":{\"code\":429,\"message\":\"x\"}}"))))
                .isEqualTo("RATE/rate_limited");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"message\":\"x\"}}",
                "{\"error\":\"x\"}",
                "[{\"error\":{\"code\":400}}]",
                "{\"object\":\"error\",\"message\":\"x\"}",
                "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}}",
                "{\"base_resp\":{\"status_code\":1004,\"status_msg\":\"x\"}}",
                "{\"code\":\"InvalidApiKey\",\"message\":\"x\"}",
                "{\"detail\":\"Not authenticated\"}"
            })
    void tellsErrors(String payload) {
        assertThat(FaultReader.isError(Json.parse(payload))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"error\":null}",
                "{\"error\":\"\"}",
                "{\"error\":{}}",
                "{\"error\":false}",
                "{\"choices\":[]}",
                "{\"type\":\"ping\"}",
                "{\"base_resp\":{\"status_code\":0,\"status_msg\":\"\"}}",
                "[]",
                "\"x\"",
                "1"
            })
    void tellsWhatIsNoError(String payload) {
        assertThat(FaultReader.isError(Json.parse(payload))).isFalse();
    }
}
