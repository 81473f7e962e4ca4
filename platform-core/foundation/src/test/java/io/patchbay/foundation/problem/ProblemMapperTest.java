package io.patchbay.foundation.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.foundation.database.DatabaseException;
import io.patchbay.foundation.json.Json;
import io.patchbay.foundation.log.LogContext;
import io.patchbay.foundation.problem.Problem.Kind;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.RedirectionException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ProblemMapperTest {
    private static Response map(Throwable failure) {
        try (var scope = LogContext.request("01REQUEST")) {
            return new ProblemMapper().toResponse(failure);
        }
    }

    private static JsonNode body(Response response) throws IOException {
        assertThat(response.getMediaType()).hasToString("application/problem+json");
        return Json.mapper().readTree((byte[]) response.getEntity());
    }

    @Test
    void problemBecomesADocument() throws IOException {
        Response response = map(new Problem(Kind.CONFLICT, "the name is taken", Map.of("name", "x", "status", 1)));
        assertThat(response.getStatus()).isEqualTo(409);
        assertThat(body(response)).isEqualTo(Json.mapper().readTree("""
                                        {"type":"urn:patchbay:problem:conflict","title":"Conflict","status":409,
                                         "detail":"the name is taken","instance":"01REQUEST","name":"x"}
                                        """));
    }

    @Test
    void unknownFailureIsToldByRequestIdOnly() throws IOException {
        Response response = map(new IllegalStateException("password=hunter2"));
        assertThat(response.getStatus()).isEqualTo(500);
        assertThat(body(response).get("detail").textValue()).isEqualTo("internal error, request id 01REQUEST");
        assertThat(body(response).toString()).doesNotContain("hunter2");
    }

    @Test
    void brokenJsonIsToldByPlaceOnly() throws IOException {
        Response response = map(jsonFailure("{\n  \"password\": hunter2}"));
        assertThat(response.getStatus()).isEqualTo(400);
        assertThat(body(response).get("detail").textValue())
                .isEqualTo("the body is not the JSON expected, at line 2, column 15");
        Response wrapped = map(new WebApplicationException(jsonFailure("[1,"), 400));
        assertThat(body(wrapped).get("detail").textValue()).startsWith("the body is not the JSON expected, at line 1");
    }

    private static JsonProcessingException jsonFailure(String text) {
        try {
            Json.mapper().readTree(text);
            throw new AssertionError("expected a failure");
        } catch (JsonProcessingException e) {
            return e;
        }
    }

    @Test
    void frameworkFailuresKeepTheirStatusAndHeaders() throws IOException {
        assertThat(body(map(new NotFoundException("/secret/path")))
                        .get("detail")
                        .textValue())
                .isEqualTo("Not found");
        Response response = map(new NotAllowedException("GET", new String[] {"HEAD"}));
        assertThat(response.getStatus()).isEqualTo(405);
        assertThat(response.getAllowedMethods()).containsExactlyInAnyOrder("GET", "HEAD");
        assertThat(body(response).get("title").textValue()).isEqualTo("Method not allowed");
        assertThat(map(new WebApplicationException(418)).getStatus()).isEqualTo(418);
    }

    @Test
    void builtAnswersAndRedirectsPass() {
        Response own = Response.status(409).entity("mine").build();
        assertThat(map(new WebApplicationException(own))).isSameAs(own);
        Response redirect = map(new RedirectionException(Response.Status.FOUND, URI.create("/there")));
        assertThat(redirect.getStatus()).isEqualTo(302);
        assertThat(redirect.getLocation()).isEqualTo(URI.create("/there"));
    }

    @Test
    void missingDatabaseIsNotAnInternalError() throws IOException {
        Response response = map(new Problem(Kind.UNAVAILABLE, "not now"));
        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getHeaderString("Retry-After")).isEqualTo("5");
        assertThat(map(new Problem(Kind.TOO_MANY, "not so many")).getHeaderString("Retry-After"))
                .isEqualTo("1");
        assertThat(map(new Problem(Kind.NOT_FOUND, "no")).getHeaderString("Retry-After"))
                .isNull();
        assertThat(map(new DatabaseException("broken", null)).getStatus()).isEqualTo(500);
    }

    @Test
    void expectedProblemsCarryNoStack() {
        assertThat(Problem.notFound("no such user").getStackTrace()).isEmpty();
        assertThat(new Problem(Kind.INTERNAL, "boo").getStackTrace()).isNotEmpty();
    }

    @Test
    void everyStatusHasAKind() {
        for (int status : List.of(400, 401, 402, 403, 404, 409, 413, 422, 429, 500, 502, 503, 504)) {
            assertThat(Kind.of(status).status()).isEqualTo(status);
        }
        assertThat(Kind.of(418)).isEqualTo(Kind.BAD_REQUEST);
        assertThat(Kind.of(599)).isEqualTo(Kind.INTERNAL);
    }
}
