package io.patchbay.relay.reconcile;

/**
 * What the request records say was used.
 *
 * @param requests how many calls
 * @param input all prompt tokens, those of the provider's cache included
 * @param output all produced tokens
 * @param cached the part of the prompts that came from the provider's cache
 * @param micro what users were charged, in micro-credits
 * @param estimated how many of the calls have counts of the server's own because the provider told none
 */
record OurUsage(long requests, long input, long output, long cached, long micro, long estimated) {
    /** Nothing at all. */
    static final OurUsage NONE = new OurUsage(0, 0, 0, 0, 0, 0);

    /** Returns the sum of both. */
    OurUsage plus(OurUsage other) {
        return new OurUsage(
                requests + other.requests,
                input + other.input,
                output + other.output,
                cached + other.cached,
                micro + other.micro,
                estimated + other.estimated);
    }
}
