package io.patchbay.relay.openai;

import io.patchbay.dialects.WireError;
import io.patchbay.dialects.openai.OpenAiChatCodec;
import io.patchbay.foundation.log.LogContext;
import io.patchbay.foundation.problem.Problem;
import io.patchbay.foundation.problem.ProblemMapper;
import io.patchbay.relay.call.RelayErrors;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** Answers every refusal of an OpenAI-format route in that format. */
public final class RelayProblemMapper implements ExceptionMapper<Throwable> {
    private final OpenAiChatCodec codec = new OpenAiChatCodec();

    @Override
    public Response toResponse(Throwable failure) {
        Problem problem = ProblemMapper.of(failure, LogContext.requestId().orElse("unknown"));
        return answer(RelayErrors.of(problem), problem.kind());
    }

    private Response answer(WireError error, Problem.Kind kind) {
        Response.ResponseBuilder response = Response.status(error.status())
                .type(MediaType.APPLICATION_JSON_TYPE.withCharset("utf-8"))
                .entity(codec.errorBody(error));
        if (kind.retryAfterSeconds() > 0) {
            response.header("Retry-After", kind.retryAfterSeconds());
        }
        if (kind == Problem.Kind.TOO_LARGE || kind == Problem.Kind.TIMEOUT) {
            // The rest of the body will not be read, so the connection cannot be used again; say so.
            response.header("Connection", "close");
        }
        return response.build();
    }
}
