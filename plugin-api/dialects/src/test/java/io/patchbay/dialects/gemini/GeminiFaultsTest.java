package io.patchbay.dialects.gemini;

import static io.patchbay.dialects.gemini.Requests.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.dialects.fault.FaultReader;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GeminiFaultsTest {
    private record Refusal(int status, JsonValue json) implements Answer {
        @Override
        public @Nullable String header(String name) {
            return null;
        }

        @Override
        public String contentType() {
            return "application/json";
        }

        @Override
        public Bytes body() {
            return Bytes.of(json.toBytes());
        }

        @Override
        public Fault fault() {
            return FaultReader.read(status, this::header, body(), Instant.EPOCH);
        }
    }

    private static String error(int code, String status, String message, String details) {
        return "{'error':{'code':" + code + ",'message':'" + message + "','status':'" + status + "','details':["
                + details + "]}}";
    }

    private static Fault refused(int code, String status, String message, String details) {
        return GeminiFaults.of(new Refusal(code, json(error(code, status, message, details))));
    }

    @ParameterizedTest
    @CsvSource({
        "400, INVALID_ARGUMENT, API key not valid. Please pass a valid API key., API_KEY_INVALID, KEY_DEAD",
        "400, INVALID_ARGUMENT, API key expired. Please renew the API key., API_KEY_INVALID, KEY_DEAD",
        "400, INVALID_ARGUMENT, Request contains an invalid argument., , BAD_REQUEST",
        "400, INVALID_ARGUMENT, The input token count (2000000) exceeds the maximum number of tokens allowed (1048576)., , TOO_LONG",
        "400, FAILED_PRECONDITION, User location is not supported for the API use., , NO_ACCESS",
        "400, FAILED_PRECONDITION, Please enable billing on your project., , QUOTA",
        "400, FAILED_PRECONDITION, Constraint violated by an organization policy., , NO_ACCESS",
        "401, UNAUTHENTICATED, Request had invalid authentication credentials., , KEY_DEAD",
        "403, PERMISSION_DENIED, Your API key was reported as leaked., , KEY_DEAD",
        "403, PERMISSION_DENIED, Consumer has been suspended., CONSUMER_SUSPENDED, KEY_DEAD",
        "403, PERMISSION_DENIED, Vertex AI API has not been used in project 1 before or it is disabled., SERVICE_DISABLED, KEY_DEAD",
        "403, PERMISSION_DENIED, This API method requires billing to be enabled., BILLING_DISABLED, KEY_DEAD",
        "403, PERMISSION_DENIED, You do not have permission to access tuned model x., , NO_ACCESS",
        "404, NOT_FOUND, models/x is not found for API version v1beta., , NO_ACCESS",
        "429, RESOURCE_EXHAUSTED, Resource has been exhausted (e.g. check quota)., , RATE",
        "429, RESOURCE_EXHAUSTED, 'You exceeded your current quota. Quota exceeded for metric: x, limit: 0, model: y', , QUOTA",
        "499, CANCELLED, The operation was cancelled., , RETRY",
        "500, INTERNAL, An internal error has occurred., , UPSTREAM",
        "503, UNAVAILABLE, The model is overloaded., , RETRY",
        "504, DEADLINE_EXCEEDED, Deadline expired before operation could complete., , RETRY"
    })
    void refusalsAreToldApart(int code, String status, String message, String reason, FaultKind expected) {
        String detail = reason == null
                ? ""
                : "{'@type':'type.googleapis.com/google.rpc.ErrorInfo','reason':'" + reason
                        + "','domain':'googleapis.com'}";

        Fault fault = refused(code, status, message, detail);

        assertThat(fault.kind()).isEqualTo(expected);
        assertThat(fault.vendorCode()).isEqualTo(status);
        assertThat(fault.status()).isEqualTo(code);
    }

    @Test
    void aMinutesQuotaIsARateAndADaysIsUsedUp() {
        String words = "You exceeded your current quota, please check your plan and billing details.";
        String details =
                "{'@type':'type.googleapis.com/google.rpc.QuotaFailure','violations':[{'quotaId':'GenerateRequestsPer%sPerProjectPerModel-FreeTier','quotaValue':'%s'}]},{'@type':'type.googleapis.com/google.rpc.RetryInfo','retryDelay':'34.4s'}";

        Fault minute = refused(429, "RESOURCE_EXHAUSTED", words, details.formatted("Minute", "10"));
        assertThat(minute.kind()).isEqualTo(FaultKind.RATE);
        assertThat(minute.after()).isEqualTo(Duration.ofMillis(34_400));
        assertThat(refused(429, "RESOURCE_EXHAUSTED", words, details.formatted("Day", "50"))
                        .kind())
                .isEqualTo(FaultKind.QUOTA);
        assertThat(refused(429, "RESOURCE_EXHAUSTED", words, details.formatted("Minute", "0"))
                        .kind())
                .isEqualTo(FaultKind.QUOTA);
    }

    @Test
    void anErrorInAListIsReadToo() {
        JsonValue listed =
                json("[" + error(403, "PERMISSION_DENIED", "Your API key was reported as leaked.", "") + "]");

        assertThat(GeminiFaults.of(new Refusal(403, listed)).kind()).isEqualTo(FaultKind.KEY_DEAD);
        assertThat(GeminiFaults.inBand(listed).kind()).isEqualTo(FaultKind.KEY_DEAD);
    }

    @Test
    void errorsOfOtherShapesAreLeftToTheHost() {
        assertThat(GeminiFaults.of(new Refusal(502, json("{'error':'no'}"))).kind())
                .isEqualTo(FaultKind.UPSTREAM);
        assertThat(GeminiFaults.of(new Refusal(400, json("7"))).kind()).isEqualTo(FaultKind.BAD_REQUEST);
    }
}
