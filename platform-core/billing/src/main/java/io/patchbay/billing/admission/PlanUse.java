package io.patchbay.billing.admission;

/** Whether a plan may pay for a request, by where the request comes from. */
public enum PlanUse {
    /** From the site itself: always. */
    SITE,
    /** By an API key: when the administrator lets plans pay for those. */
    RELAY,
    /** Never, as for pictures ordered by an API key. */
    NEVER
}
