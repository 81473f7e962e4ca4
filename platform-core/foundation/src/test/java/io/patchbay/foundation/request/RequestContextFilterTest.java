package io.patchbay.foundation.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.foundation.json.Json;
import io.patchbay.foundation.log.LogContext;
import io.patchbay.foundation.problem.Problem;
import io.patchbay.foundation.problem.ProblemMapper;
import io.patchbay.foundation.seed.SeedAnswer;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.Test;

final class RequestContextFilterTest {
    private static final ApplicationHandler APPLICATION = new ApplicationHandler(new ResourceConfig()
            .register(new RequestContextFilter(new ClientAddress(List.of("10.0.0.0/8")), request -> "10.0.0.1"))
            .register(ProblemMapper.class)
            .register(Echo.class));

    /** Tells what the filter found. */
    @Path("echo")
    public static final class Echo {
        @GET
        public Response get(@Context ContainerRequestContext request) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("id", RequestContext.id(request));
            fields.put("logged", LogContext.requestId().orElse(""));
            fields.put("address", RequestContext.clientAddress(request));
            fields.put("nothing", null);
            return SeedAnswer.ok(fields);
        }

        @GET
        @Path("problem")
        public Response problem() {
            throw Problem.forbidden("not for you");
        }

        @GET
        @Path("bug")
        public Response bug() {
            throw new IllegalStateException("expected in this test");
        }

        @GET
        @Path("fail")
        public Response fail() {
            return SeedAnswer.fail("invalid username or password");
        }
    }

    private record Answer(ContainerResponse response, JsonNode body) {
        String header(String name) {
            return response.getHeaderString(name);
        }
    }

    private static Answer get(String path) throws Exception {
        ContainerRequest request = new ContainerRequest(
                URI.create("http://host/"),
                URI.create("http://host/" + path),
                "GET",
                null,
                new MapPropertiesDelegate(),
                null);
        request.header("X-Forwarded-For", "1.2.3.4, 198.51.100.7");
        request.header("x-request-id", "chosen-by-the-client");
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        ContainerResponse response = APPLICATION.apply(request, body).get(10, TimeUnit.SECONDS);
        return new Answer(response, parse(body));
    }

    private static JsonNode parse(ByteArrayOutputStream body) throws IOException {
        return Json.mapper().readTree(body.toByteArray());
    }

    @Test
    void requestHasOneIdEverywhere() throws Exception {
        Answer answer = get("echo");
        String id = answer.header("x-request-id");
        assertThat(id).hasSize(26).isNotEqualTo("chosen-by-the-client");
        assertThat(answer.body().get("id").textValue()).isEqualTo(id);
        assertThat(answer.body().get("logged").textValue()).isEqualTo(id);
        assertThat(answer.body().get("address").textValue()).isEqualTo("198.51.100.7");
        assertThat(get("echo").header("x-request-id")).isNotEqualTo(id);
    }

    @Test
    void seedAnswersHaveTheirShape() throws Exception {
        Answer ok = get("echo");
        assertThat(ok.header("Content-Type")).isEqualToIgnoringCase("application/json;charset=utf-8");
        assertThat(ok.body().fieldNames()).toIterable().containsExactly("status", "id", "logged", "address", "nothing");
        assertThat(ok.body().get("status").booleanValue()).isTrue();
        Answer fail = get("echo/fail");
        assertThat(fail.response().getStatus()).isEqualTo(200);
        assertThat(fail.body()).hasToString("{\"status\":false,\"error\":\"invalid username or password\"}");
    }

    @Test
    void failuresCarryTheSameId() throws Exception {
        for (String path : List.of("echo/problem", "echo/bug", "nowhere")) {
            Answer answer = get(path);
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(answer.body().get("instance").textValue()).isEqualTo(answer.header("x-request-id"));
        }
        assertThat(get("nowhere").response().getStatus()).isEqualTo(404);
        assertThat(get("echo/bug").response().getStatus()).isEqualTo(500);
    }
}
