package io.patchbay.billing;

import io.patchbay.accounts.AccountFigures;
import io.patchbay.accounts.Accounts;
import io.patchbay.billing.ledger.Ledger;
import io.patchbay.billing.price.PriceBook;
import io.patchbay.billing.rest.ChargeAdminResource;
import io.patchbay.billing.rest.ChargeListResource;
import io.patchbay.billing.rest.QuotaResource;
import io.patchbay.billing.rest.UserAdminResource;
import java.util.List;
import java.util.stream.Stream;

/** What the server needs to know to put this room together. */
public final class Billing {
    private Billing() {}

    /** Returns the mapper types of this room, to be given to the database when it is opened. */
    public static List<Class<?>> mappers() {
        return Stream.concat(PriceBook.mappers().stream(), Ledger.mappers().stream())
                .toList();
    }

    /** Returns the figures that the account pages show, taken from a ledger. */
    public static AccountFigures figures(Ledger ledger) {
        return userId -> new AccountFigures.Figures(
                Credits.toDecimal(ledger.balance(userId).used()), 0);
    }

    /**
     * Returns the account and administration resources of this room, for registration as instances.
     *
     * @param accounts whose users have the balances
     */
    public static List<Object> resources(Ledger ledger, PriceBook prices, Accounts accounts) {
        return List.of(
                new QuotaResource(ledger),
                new ChargeAdminResource(prices, accounts.audit()),
                new UserAdminResource(accounts.users(), ledger, accounts.audit()));
    }

    /** Returns the resources that belong to the model routes, for registration as instances. */
    public static List<Object> modelResources(PriceBook prices) {
        return List.of(new ChargeListResource(prices));
    }
}
