package io.patchbay.relay.task;

import io.patchbay.accounts.Caller;
import io.patchbay.accounts.Callers;
import io.patchbay.accounts.SignedIn;
import io.patchbay.foundation.problem.Problem;
import io.patchbay.foundation.seed.SeedAnswer;
import io.patchbay.spi.Fault;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.function.Function;

/** {@code GET /api/task/{id}}: how a task stands, for its owner by session or API key. Others find nothing there. */
@Path("/task")
@SignedIn(refusal = SignedIn.Refusal.PROBLEM)
public final class TaskResource {
    private final Tasks tasks;
    private final Function<Fault, String> words;

    /**
     * Creates the resource.
     *
     * @param words what a client may be told of a fault
     */
    public TaskResource(Tasks tasks, Function<Fault, String> words) {
        this.tasks = tasks;
        this.words = words;
    }

    /** Returns one task. */
    @GET
    @Path("/{id}")
    public Response get(@PathParam("id") String id, @Context ContainerRequestContext request) {
        Caller caller = Callers.require(request);
        Task task = tasks.find(id)
                .filter(found -> found.origin().userId() == caller.userId())
                .orElseThrow(() -> Problem.notFound("there is no such task"));
        TaskFault fault = task.state().fault();
        return SeedAnswer.json(TaskJson.write(task, fault == null ? "" : words.apply(fault.toFault())));
    }
}
