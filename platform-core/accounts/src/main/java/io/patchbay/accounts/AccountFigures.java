package io.patchbay.accounts;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;

/** The figures that {@code GET /userinfo} shows beside an account. Billing provides them; called by many threads. */
@FunctionalInterface
public interface AccountFigures {
    /** Figures of a server without billing. */
    AccountFigures NONE = userId -> Figures.ZERO;

    /** Returns the figures of a user; zero for users that never spent anything. */
    Figures of(long userId);

    /**
     * Figures of one user.
     *
     * @param usedQuota credits spent so far, not negative
     * @param planMonths months of plans bought so far, not negative
     */
    record Figures(BigDecimal usedQuota, int planMonths) {
        /** Nothing spent, nothing bought. */
        public static final Figures ZERO = new Figures(BigDecimal.ZERO, 0);

        public Figures {
            requireNonNull(usedQuota, "usedQuota is null");
        }
    }
}
