package io.patchbay.accounts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.foundation.json.Json;
import io.patchbay.foundation.problem.ProblemMapper;
import io.patchbay.foundation.request.ClientAddress;
import io.patchbay.foundation.request.RequestContextFilter;
import io.patchbay.foundation.seed.SeedAnswer;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.media.multipart.MultiPartFeature;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.ResourceConfig;

/** The resources and filters of this room, with a few of other rooms, in Jersey but without a server around it. */
final class WebApp {
    /** Jersey warns about each instance of a resource; kept here, because the JDK forgets settings of unused loggers. */
    private static final Logger JERSEY = Logger.getLogger("org.glassfish.jersey");

    private static final String PEER = "test-peer";
    private static final URI BASE = URI.create("http://localhost/api/");

    private final ApplicationHandler handler;

    WebApp(Accounts accounts) {
        JERSEY.setLevel(Level.SEVERE);
        ResourceConfig config = new ResourceConfig();
        accounts.filters().forEach(config::register);
        List<Object> resources = new ArrayList<>(
                accounts.resources(userId -> new AccountFigures.Figures(new BigDecimal("12.500000"), (int) userId)));
        resources.addAll(List.of(
                new ModelRoutes(),
                new OtherUserRoutes(),
                new UnmarkedAdminRoute(),
                new AdminRouteElsewhere(),
                new OwnRoutes()));
        resources.forEach(config::register);
        config.register(MultiPartFeature.class);
        config.register(new ProblemMapper());
        config.register(new RequestContextFilter(
                new ClientAddress(List.of("10.0.0.0/8")), request -> request.getHeaderString(PEER)));
        this.handler = new ApplicationHandler(config);
    }

    /** Routes as the relay has them: one for everybody, one for users. */
    @Path("/v1")
    public static final class ModelRoutes {
        @GET
        @Path("models")
        public Response models() {
            return SeedAnswer.json(List.of());
        }

        @GET
        @Path("mine")
        @SignedIn
        public Response mine(@Context ContainerRequestContext request) {
            return SeedAnswer.json(Map.of("user", Callers.require(request).username()));
        }
    }

    /** Billing has routes under the same path as this room. */
    @Path("/admin/user")
    public static final class OtherUserRoutes {
        @GET
        @Path("list")
        public Response list() {
            return SeedAnswer.ok();
        }
    }

    /** A forgotten mark must not open a route. */
    @Path("/admin/forgotten")
    public static final class UnmarkedAdminRoute {
        @GET
        public Response get() {
            return SeedAnswer.ok();
        }
    }

    /** A route for administrators outside their path. */
    @Path("/elsewhere")
    @AdminOnly
    public static final class AdminRouteElsewhere {
        @GET
        public Response get() {
            return SeedAnswer.ok();
        }
    }

    /** The shapes of a refusal. */
    @Path("/own")
    @SignedIn(refusal = SignedIn.Refusal.MESSAGE)
    public static final class OwnRoutes {
        @GET
        @Path("message")
        public Response message() {
            return SeedAnswer.ok();
        }

        @GET
        @Path("problem")
        @SignedIn(refusal = SignedIn.Refusal.PROBLEM)
        public Response problem() {
            return SeedAnswer.ok();
        }
    }

    record Answer(int status, String type, String text) {
        JsonNode json() {
            try {
                return Json.mapper().readTree(text);
            } catch (JsonProcessingException e) {
                throw new AssertionError("not JSON: " + text, e);
            }
        }

        String field(String name) {
            return json().path(name).asText();
        }
    }

    Call get(String path) {
        return new Call("GET", path);
    }

    Call post(String path) {
        return new Call("POST", path);
    }

    /** One request in the making. */
    final class Call {
        private final String method;
        private final String path;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private String body = "";

        private Call(String method, String path) {
            this.method = method;
            this.path = path;
            headers.put(PEER, Node.ADDRESS);
        }

        Call header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        Call as(String credential) {
            return header("Authorization", "Bearer " + credential);
        }

        Call from(String peer) {
            return header(PEER, peer);
        }

        Call body(String type, String text) {
            body = text;
            return header("Content-Type", type);
        }

        Call json(String text) {
            return body("application/json", text);
        }

        Answer send() {
            ContainerRequest request = new ContainerRequest(
                    BASE, BASE.resolve(path), method, null, new MapPropertiesDelegate(), handler.getConfiguration());
            headers.forEach(request::header);
            request.setEntityStream(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try {
                ContainerResponse response = handler.apply(request, out).get();
                return new Answer(
                        response.getStatus(),
                        String.valueOf(response.getMediaType()),
                        out.toString(StandardCharsets.UTF_8));
            } catch (Exception e) {
                throw new AssertionError(method + " " + path + " failed", e);
            }
        }
    }
}
