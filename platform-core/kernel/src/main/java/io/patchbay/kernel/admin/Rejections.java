package io.patchbay.kernel.admin;

import io.patchbay.foundation.problem.Problem;
import io.patchbay.kernel.PluginRejected;
import io.patchbay.kernel.RejectionCode;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Turns refusals of the kernel into problems for the client, in one place. */
final class Rejections {
    private Rejections() {}

    /**
     * Waits for a change.
     *
     * @throws Problem when it was refused
     */
    static <T> T await(CompletableFuture<T> change) {
        try {
            return change.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof PluginRejected rejected) {
                throw problem(rejected);
            }
            if (e.getCause() instanceof RuntimeException unexpected) {
                throw unexpected;
            }
            throw e;
        }
    }

    static Problem problem(PluginRejected rejected) {
        return new Problem(
                kind(rejected.code()),
                rejected.text(),
                Map.of("reason", rejected.code().name()));
    }

    private static Problem.Kind kind(RejectionCode code) {
        return switch (code) {
            case UNKNOWN_PLUGIN -> Problem.Kind.NOT_FOUND;
            case NOTHING_TO_UNDO, NOTHING_TO_ROLL_BACK, NEEDED_BY, SAME_VERSION_DIFFERENT_CONTENT ->
                Problem.Kind.CONFLICT;
            case TOO_LARGE -> Problem.Kind.TOO_LARGE;
            case STOPPING -> Problem.Kind.UNAVAILABLE;
            default -> Problem.Kind.UNPROCESSABLE;
        };
    }
}
