package io.patchbay.relay.record;

import java.time.Instant;

/** Request records with values that are easy to see. */
final class Calls {
    private Calls() {}

    /** An answered call: 10 tokens in, 20 out, 1.5 credits, on channel 3 with the user's session. */
    static RequestRecord call(String id, long user, Instant at) {
        return call(id, user, 0, "gpt-4o", 3, "answered", "", at);
    }

    /** A call of which the rest is as in {@link #call(String, long, Instant)}. */
    static RequestRecord call(
            String id, long user, long key, String model, long channel, String outcome, String fault, Instant at) {
        return new RequestRecord(
                id,
                user,
                key,
                model,
                "up-" + model,
                channel,
                "openai",
                "1.2.0",
                1,
                true,
                outcome,
                fault,
                1,
                10,
                20,
                4,
                5,
                false,
                1_500_000,
                0,
                "",
                200,
                "channel " + channel,
                "",
                at.toEpochMilli(),
                320,
                1_234,
                "");
    }

    /** An answered call that ordered a task and cost nothing so far. */
    static RequestRecord ordered(String id, long user, String task, Instant at) {
        return new RequestRecord(
                id,
                user,
                0,
                "sora",
                "sora",
                3,
                "openai",
                "1.2.0",
                1,
                false,
                "answered",
                "",
                1,
                0,
                0,
                0,
                0,
                false,
                0,
                0,
                "",
                200,
                "channel 3",
                task,
                at.toEpochMilli(),
                50,
                60,
                "task=" + task + "\n");
    }

    /** A call that failed after two attempts, with what the upstream said in the notes. */
    static RequestRecord failed(String id, long user, Instant at) {
        return new RequestRecord(
                id,
                user,
                0,
                "gpt-4o",
                "up-gpt-4o",
                3,
                "openai",
                "1.2.0",
                1,
                false,
                "failed",
                "UPSTREAM",
                2,
                0,
                0,
                0,
                0,
                false,
                0,
                0,
                "",
                502,
                "channel 3",
                "",
                at.toEpochMilli(),
                -1,
                2_000,
                "fault1=RETRY: first words\nfault2=UPSTREAM: secret words of the upstream\nroute1=3 weight\n");
    }
}
