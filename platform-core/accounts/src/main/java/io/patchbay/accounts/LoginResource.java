package io.patchbay.accounts;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.patchbay.accounts.limit.SeedRateLimits;
import io.patchbay.foundation.json.Json;
import io.patchbay.foundation.request.RequestContext;
import io.patchbay.foundation.seed.SeedAnswer;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityPart;
import jakarta.ws.rs.core.Form;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code POST /login}: JSON, a form or multipart, told apart by the content type; anything else is read as JSON. */
@Path("/login")
public final class LoginResource {
    private static final String BAD_REQUEST = "bad request";
    private static final int LONGEST_BODY = 64 * 1024;
    private static final int LONGEST_FIELD = 4 * 1024;

    private final SignIn signIn;

    record Credentials(@Nullable String username, @Nullable String password) {}

    public LoginResource(SignIn signIn) {
        this.signIn = signIn;
    }

    @POST
    public Response json(InputStream body, @Context ContainerRequestContext request) throws IOException {
        byte[] bytes = body.readNBytes(LONGEST_BODY + 1);
        if (bytes.length > LONGEST_BODY) {
            return SeedAnswer.fail(BAD_REQUEST);
        }
        try {
            Credentials credentials = Json.mapper().readValue(bytes, Credentials.class);
            return credentials == null ? SeedAnswer.fail(BAD_REQUEST) : login(credentials, request);
        } catch (JsonProcessingException e) {
            return SeedAnswer.fail(BAD_REQUEST);
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response form(Form form, @Context ContainerRequestContext request) {
        return login(
                new Credentials(form.asMap().getFirst("username"), form.asMap().getFirst("password")), request);
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Response multipart(List<EntityPart> parts, @Context ContainerRequestContext request) throws IOException {
        return login(new Credentials(field(parts, "username"), field(parts, "password")), request);
    }

    private Response login(Credentials credentials, ContainerRequestContext request) {
        String username = credentials.username();
        String password = credentials.password();
        if (username == null || username.isEmpty() || password == null || password.isEmpty()) {
            return SeedAnswer.fail(BAD_REQUEST);
        }
        return switch (signIn.signIn(username, password, RequestContext.clientAddress(request))) {
            case LoginOutcome.Success(String token, User user) -> signedIn(token, user);
            case LoginOutcome.Failure(String error) -> SeedAnswer.fail(error);
            case LoginOutcome.Throttled() -> SeedRateLimits.refusal();
        };
    }

    private static Response signedIn(String token, User user) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("token", token);
        if (user.mustChangePassword()) {
            fields.put("must_change_password", true);
        }
        return SeedAnswer.ok(fields);
    }

    private static @Nullable String field(List<EntityPart> parts, String name) throws IOException {
        for (EntityPart part : parts) {
            if (name.equals(part.getName())) {
                try (InputStream content = part.getContent()) {
                    return new String(content.readNBytes(LONGEST_FIELD), StandardCharsets.UTF_8);
                }
            }
        }
        return null;
    }
}
