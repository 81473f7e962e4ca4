package io.patchbay.relay.trial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.accounts.AdminOnly;
import io.patchbay.accounts.AuditLog;
import io.patchbay.accounts.Callers;
import io.patchbay.foundation.problem.Problem;
import io.patchbay.foundation.seed.SeedAnswer;
import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.channel.ChannelDrafts;
import io.patchbay.relay.channel.Channels;
import io.patchbay.spi.Fault;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * {@code /admin/channel/{id}/test}, {@code /models}, {@code /balance}, and {@code /admin/channel/try} for channels that
 * are not stored yet. What an upstream says, faults too, is an answer with status 200 and {@code ok}; what is wrong
 * with the request is a problem document.
 */
@Path("/admin/channel")
@Produces(MediaType.APPLICATION_JSON)
@AdminOnly
public final class ChannelTrialResource {
    private static final Duration LOOK = Duration.ofSeconds(30);
    /** Beyond the longest trial and the shortest listing behind it; reached only when the server stops meanwhile. */
    private static final Duration LONGEST = TrialOrder.MOST_PATIENCE.plusSeconds(20);

    private static final String ID = "/{id: [0-9]{1,18}}";

    private final Channels channels;
    private final ChannelDrafts drafts;
    private final Trials trials;
    private final AuditLog audit;

    /** Creates the resource. */
    public ChannelTrialResource(Channels channels, Trials trials, AuditLog audit) {
        this.channels = channels;
        this.drafts = new ChannelDrafts(channels);
        this.trials = trials;
        this.audit = audit;
    }

    /** A channel that is not stored, and what is wanted of it. */
    private record Draft(Channel channel, TrialOrder order) {}

    /** Tries a stored channel by one live chat. The body may be empty. */
    @POST
    @Path(ID + "/test")
    public Response test(@PathParam("id") long id, @Nullable String body, @Context ContainerRequestContext request) {
        Channel channel = stored(id);
        TrialReport report = chat(channel, TrialForm.order(TrialForm.object(body)), request);
        record(request, "channel.test", "channel " + id, report);
        return SeedAnswer.json(TrialJson.of(report));
    }

    /** Lists the models the upstream has for a key of a stored channel. */
    @GET
    @Path(ID + "/models")
    public Response models(
            @PathParam("id") long id,
            @QueryParam("key") @Nullable String key,
            @Context ContainerRequestContext request) {
        return models(stored(id), TrialForm.key(key), request);
    }

    /** Tells what is left on the account behind a key of a stored channel. */
    @GET
    @Path(ID + "/balance")
    public Response balance(
            @PathParam("id") long id,
            @QueryParam("key") @Nullable String key,
            @Context ContainerRequestContext request) {
        return balance(stored(id), TrialForm.key(key), request);
    }

    /**
     * Tries a channel that is not stored by one live chat. The body is the channel's form; its member {@code trial}
     * holds what else is wanted. With the {@code id} of a stored channel, masked secrets mean the stored ones.
     */
    @POST
    @Path("/try")
    public Response tryChat(@Nullable String body, @Context ContainerRequestContext request) {
        Draft draft = draft(body);
        TrialReport report = chat(draft.channel(), draft.order(), request);
        record(request, "channel.try", "channel " + draft.channel().name(), report);
        return SeedAnswer.json(TrialJson.of(report));
    }

    /** Lists the models the upstream has for a channel that is not stored; the body is that of {@code /try}. */
    @POST
    @Path("/try/models")
    public Response tryModels(@Nullable String body, @Context ContainerRequestContext request) {
        Draft draft = draft(body);
        return models(draft.channel(), draft.order().key(), request);
    }

    /** Tells the balance of a channel that is not stored; the body is that of {@code /try}. */
    @POST
    @Path("/try/balance")
    public Response tryBalance(@Nullable String body, @Context ContainerRequestContext request) {
        Draft draft = draft(body);
        return balance(draft.channel(), draft.order().key(), request);
    }

    private Channel stored(long id) {
        return channels.find(id).orElseThrow(() -> Problem.notFound("There is no channel " + id + "."));
    }

    private Draft draft(@Nullable String body) {
        ObjectNode form = TrialForm.object(body);
        JsonNode wanted = form.remove("trial");
        if (wanted != null && !wanted.isNull() && !wanted.isObject()) {
            throw Problem.badRequest("trial: expected an object with what is wanted of the trial");
        }
        TrialOrder order = wanted instanceof ObjectNode object ? TrialForm.order(object) : TrialOrder.USUAL;
        return new Draft(drafts.read(form), order);
    }

    private TrialReport chat(Channel channel, TrialOrder order, ContainerRequestContext request) {
        return await(trials.chat().run(channel, order, user(request)));
    }

    private Response models(Channel channel, @Nullable Integer key, ContainerRequestContext request) {
        return SeedAnswer.json(TrialJson.of(await(trials.models().list(channel, key, user(request), LOOK))));
    }

    private Response balance(Channel channel, @Nullable Integer key, ContainerRequestContext request) {
        return SeedAnswer.json(TrialJson.of(await(trials.balance().of(channel, key, user(request), LOOK))));
    }

    private static long user(ContainerRequestContext request) {
        return Callers.require(request).userId();
    }

    private void record(ContainerRequestContext request, String action, String subject, TrialReport report) {
        Fault fault = report.fault();
        String outcome = fault != null ? fault.kind().name() : report.ok() ? "ok" : "not checked";
        audit.record(Callers.require(request).username(), action, subject, "model " + report.model() + ": " + outcome);
    }

    private static <T> T await(CompletableFuture<T> running) {
        try {
            return running.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw Problem.unavailable("The trial was not finished.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("The trial was interrupted.");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a trial failed unexpectedly", e.getCause());
        }
    }
}
