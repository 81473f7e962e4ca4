package io.patchbay.billing;

import io.patchbay.accounts.AccountFigures;
import io.patchbay.accounts.Accounts;
import io.patchbay.billing.code.CodeLimits;
import io.patchbay.billing.code.Codes;
import io.patchbay.billing.ledger.Ledger;
import io.patchbay.billing.plan.PlanSales;
import io.patchbay.billing.plan.Plans;
import io.patchbay.billing.policy.BillingPolicies;
import io.patchbay.billing.price.PriceBook;
import io.patchbay.billing.price.source.PriceImport;
import io.patchbay.billing.price.source.PriceSource;
import io.patchbay.billing.price.template.PriceTemplates;
import io.patchbay.billing.receipt.Receipts;
import io.patchbay.billing.rest.BillingAdminResource;
import io.patchbay.billing.rest.BuyResource;
import io.patchbay.billing.rest.ChargeAdminResource;
import io.patchbay.billing.rest.ChargeListResource;
import io.patchbay.billing.rest.CodeAdminResource;
import io.patchbay.billing.rest.CodeResource;
import io.patchbay.billing.rest.PlanAdminResource;
import io.patchbay.billing.rest.PlanListResource;
import io.patchbay.billing.rest.PriceFetchResource;
import io.patchbay.billing.rest.PriceToolsResource;
import io.patchbay.billing.rest.PriceVersionResource;
import io.patchbay.billing.rest.QuotaResource;
import io.patchbay.billing.rest.ReceiptResource;
import io.patchbay.billing.rest.SubscribeResource;
import io.patchbay.billing.rest.SubscriptionAdminResource;
import io.patchbay.billing.rest.SubscriptionResource;
import io.patchbay.billing.rest.UserAdminResource;
import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.state.SharedState;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** What the server needs to know to put this room together. */
public final class Billing {
    private Billing() {}

    /** The open parts of this room; they stay the opener's to close. */
    public record Parts(
            Database database,
            SharedState state,
            Ledger ledger,
            PriceBook prices,
            Plans plans,
            BillingPolicies policies,
            InstantSource clock) {}

    /** Returns the mapper types of this room, to be given to the database when it is opened. */
    public static List<Class<?>> mappers() {
        return Stream.of(PriceBook.mappers(), Ledger.mappers(), Plans.mappers(), Codes.mappers())
                .flatMap(List::stream)
                .toList();
    }

    /** Returns the figures that the account pages show. */
    public static AccountFigures figures(Parts parts) {
        return userId -> new AccountFigures.Figures(
                Credits.toDecimal(parts.ledger().balance(userId).used()),
                Math.toIntExact(parts.plans().find(userId).totalMonths()));
    }

    /**
     * Returns the account and administration resources of this room, for registration as instances.
     *
     * @param accounts whose users have the balances
     */
    public static List<Object> resources(Parts parts, Accounts accounts) {
        PlanSales sales = new PlanSales(parts.plans(), parts.ledger(), parts.clock());
        Codes codes = new Codes(parts.database(), parts.ledger(), accounts.audit(), parts.clock());
        return List.of(
                new CodeResource(codes, new CodeLimits(parts.state().counters())),
                new CodeAdminResource(codes, accounts.users(), accounts.audit(), parts.clock()),
                new QuotaResource(parts.ledger()),
                new ReceiptResource(new Receipts(parts.ledger(), parts.prices())),
                new BillingAdminResource(parts.ledger(), parts.policies(), accounts.audit()),
                new ChargeAdminResource(parts.prices(), accounts.audit()),
                new PriceToolsResource(parts.prices(), PriceTemplates.shipped(), accounts.audit()),
                new PriceVersionResource(parts.prices(), accounts.audit()),
                new PlanAdminResource(parts.plans(), accounts.audit()),
                new SubscriptionResource(parts.plans(), sales, parts.clock()),
                new SubscribeResource(sales),
                new BuyResource(),
                new SubscriptionAdminResource(accounts.users(), sales, accounts.audit()),
                new UserAdminResource(
                        accounts.users(), parts.ledger(), parts.plans(), accounts.audit(), parts.clock()));
    }

    /**
     * Returns the administration resource that fetches price lists of other sites, for registration as an instance.
     *
     * @param source fetches, and decides which addresses are asked
     */
    public static Object priceFetchResource(PriceSource source, Accounts accounts) {
        return new PriceFetchResource(new PriceImport(source), accounts.audit());
    }

    /** Returns the resources that belong to the model routes, for registration as instances. */
    public static List<Object> modelResources(Parts parts) {
        return List.of(new ChargeListResource(parts.prices()), new PlanListResource(parts.plans()));
    }
}
