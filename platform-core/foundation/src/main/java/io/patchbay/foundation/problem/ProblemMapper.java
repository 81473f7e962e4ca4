package io.patchbay.foundation.problem;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.patchbay.foundation.database.DatabaseException;
import io.patchbay.foundation.ids.RequestId;
import io.patchbay.foundation.json.Json;
import io.patchbay.foundation.log.LogContext;
import io.patchbay.foundation.problem.Problem.Kind;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.io.EOFException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers every failure as a problem document (RFC 9457); what is not known beforehand is logged once with its stack and
 * told to the client only by request id.
 */
@Provider
public final class ProblemMapper implements ExceptionMapper<Throwable> {
    /** The content type of problem documents. */
    public static final String PROBLEM_JSON = "application/problem+json";

    private static final Logger log = LoggerFactory.getLogger(ProblemMapper.class);

    @Override
    public Response toResponse(Throwable failure) {
        String requestId = LogContext.requestId().orElseGet(RequestId::next);
        return switch (failure) {
            case WebApplicationException e when passes(e.getResponse()) -> e.getResponse();
            case WebApplicationException e -> answer(of(e), e.getResponse(), requestId);
            default -> answer(of(failure, requestId), Response.noContent().build(), requestId);
        };
    }

    /** Returns the problem that a failure is told as; unknown failures are logged under the request id. */
    public static Problem of(Throwable failure, String requestId) {
        return switch (failure) {
            case Problem problem -> {
                if (problem.kind() == Kind.INTERNAL) {
                    log.error("request {}: {}", requestId, problem.detail(), problem);
                }
                yield problem;
            }
            // A body that broke its bounds while it was read as JSON.
            case JsonProcessingException e when e.getCause() instanceof Problem problem -> problem;
            case JsonProcessingException e -> Problem.badRequest("the body is not the JSON expected" + where(e));
            case WebApplicationException e -> of(e);
            case EOFException e -> {
                log.debug("the client left before its request or answer was complete");
                yield Problem.badRequest("the request ended early");
            }
            case DatabaseException e
            when e.isUnavailable() -> {
                log.error("request {}: the database is not available", requestId, e);
                yield new Problem(
                        Kind.UNAVAILABLE, "the database is not available, try again", Map.of("request", requestId), e);
            }
            default -> {
                log.error("request {} failed", requestId, failure);
                yield new Problem(
                        Kind.INTERNAL,
                        "internal error, request id " + requestId,
                        Map.of("request", requestId),
                        failure);
            }
        };
    }

    /** Returns the problem document as a map, for answers that are not made by JAX-RS. */
    public static Map<String, Object> document(Problem problem, String requestId) {
        return document(problem, problem.kind().status(), requestId);
    }

    private static Map<String, Object> document(Problem problem, int status, String requestId) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", "urn:patchbay:problem:" + problem.kind().slug());
        document.put("title", problem.kind().title());
        document.put("status", status);
        document.put("detail", problem.detail());
        document.put("instance", requestId);
        problem.fields().forEach(document::putIfAbsent);
        return document;
    }

    private static Response answer(Problem problem, Response origin, String requestId) {
        int status =
                origin.getStatus() >= 400 ? origin.getStatus() : problem.kind().status();
        Response.ResponseBuilder builder =
                Response.status(status).type(PROBLEM_JSON).entity(Json.bytes(document(problem, status, requestId)));
        // Such as Allow, WWW-Authenticate and Retry-After.
        origin.getHeaders().forEach((name, values) -> {
            if (!name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE)
                    && !name.equalsIgnoreCase(HttpHeaders.CONTENT_LENGTH)) {
                values.forEach(value -> builder.header(name, value));
            }
        });
        int after = Kind.of(status).retryAfterSeconds();
        if (after > 0 && origin.getHeaderString(HttpHeaders.RETRY_AFTER) == null) {
            builder.header(HttpHeaders.RETRY_AFTER, after);
        }
        return builder.build();
    }

    /** A resource that built its own answer, or a redirect, means what it says. */
    private static boolean passes(Response response) {
        return response.getStatus() < 400 || response.hasEntity();
    }

    private static Problem of(WebApplicationException failure) {
        Kind kind = Kind.of(failure.getResponse().getStatus());
        if (kind == Kind.INTERNAL) {
            log.error("a resource failed with HTTP {}", failure.getResponse().getStatus(), failure);
        }
        if (failure.getCause() instanceof Problem problem) {
            return problem;
        }
        if (failure.getCause() instanceof JsonProcessingException e) {
            return Problem.badRequest("the body is not the JSON expected" + where(e));
        }
        // The exception's own message may quote what the client sent, so the kind has to do.
        return new Problem(kind, kind.title());
    }

    private static String where(JsonProcessingException failure) {
        JsonLocation location = failure.getLocation();
        return location == null || location.getLineNr() < 1
                ? ""
                : ", at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
