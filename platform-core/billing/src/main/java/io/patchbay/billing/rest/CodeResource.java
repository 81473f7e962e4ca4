package io.patchbay.billing.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.patchbay.accounts.Caller;
import io.patchbay.accounts.Callers;
import io.patchbay.accounts.SignedIn;
import io.patchbay.billing.Credits;
import io.patchbay.billing.code.CodeKind;
import io.patchbay.billing.code.CodeLimits;
import io.patchbay.billing.code.Codes;
import io.patchbay.billing.ledger.Actor;
import io.patchbay.foundation.json.Json;
import io.patchbay.foundation.request.RequestContext;
import io.patchbay.foundation.seed.SeedAnswer;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code /invite} and {@code /redeem}: a user uses a code. Both answer {@code {"status","error","quota"}}, in credits.
 *
 * <p>GET is what clients of the original send. New clients should send POST, because addresses are written into the
 * logs of proxies.
 */
@Path("/{route: invite|redeem}")
@SignedIn
public final class CodeResource {
    private static final String NO_CODE = "invalid code";
    private static final String TOO_MANY = "too many codes were refused; please try again in ten minutes";

    private final Codes codes;
    private final CodeLimits limits;

    /** What a client posts. */
    record Wish(@Nullable String code) {}

    /** Makes the resource. */
    public CodeResource(Codes codes, CodeLimits limits) {
        this.codes = codes;
        this.limits = limits;
    }

    /** Uses the code of the address. */
    @GET
    public Response get(
            @PathParam("route") String route,
            @QueryParam("code") @DefaultValue("") String code,
            @Context ContainerRequestContext request) {
        return use(route, code, request);
    }

    /** Uses the code of the body, {@code {"code":"..."}}. */
    @POST
    public Response post(@PathParam("route") String route, String body, @Context ContainerRequestContext request) {
        try {
            Wish wish = Json.read(body, Wish.class);
            return use(route, wish == null || wish.code() == null ? "" : wish.code(), request);
        } catch (JsonProcessingException e) {
            return refused(NO_CODE);
        }
    }

    private Response use(String route, String text, ContainerRequestContext request) {
        String code = text.strip(); // copied with blanks around it
        if (code.isEmpty()) {
            return refused(NO_CODE);
        }
        Caller caller = Callers.require(request);
        String address = RequestContext.clientAddress(request);
        if (!limits.admits(caller.userId(), address)) {
            return refused(TOO_MANY);
        }
        CodeKind kind = route.equals("invite") ? CodeKind.GIFT : CodeKind.REDEEM;
        try {
            long micro = codes.use(kind, code, new Actor(caller.userId(), caller.username()));
            limits.succeeded(caller.userId());
            return answer(true, "success", micro);
        } catch (IllegalArgumentException refusal) {
            limits.failed(address);
            return refused(String.valueOf(refusal.getMessage()));
        }
    }

    private static Response refused(String why) {
        return answer(false, why, 0);
    }

    private static Response answer(boolean done, String error, long micro) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("error", error);
        fields.put("quota", Credits.toDecimal(micro));
        return done ? SeedAnswer.ok(fields) : SeedAnswer.fail(fields);
    }
}
