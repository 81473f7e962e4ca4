package io.patchbay.billing.rest;

import io.patchbay.accounts.Accounts;
import io.patchbay.accounts.User;
import io.patchbay.billing.Billing;
import io.patchbay.billing.plan.Plans;
import io.patchbay.billing.policy.BillingPolicies;
import io.patchbay.billing.price.PriceBook;
import io.patchbay.billing.price.source.PriceSource;
import io.patchbay.billing.testing.LedgerFixture;
import io.patchbay.foundation.config.SecurityConfig;
import io.patchbay.foundation.problem.ProblemMapper;
import io.patchbay.foundation.request.ClientAddress;
import io.patchbay.foundation.request.RequestContextFilter;
import io.patchbay.foundation.state.SharedState;
import io.patchbay.foundation.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.ResourceConfig;
import org.jspecify.annotations.Nullable;

/** The resources of this room with the filters of accounts, in Jersey but without a server around it. */
final class WebApp implements AutoCloseable {
    /** Kept here, because the JDK forgets settings of unused loggers. */
    private static final Logger JERSEY = Logger.getLogger("org.glassfish.jersey");

    private static final URI BASE = URI.create("http://localhost/api/");

    final LedgerFixture test;
    final Accounts accounts;
    final PriceBook prices;
    final Plans plans;
    final BillingPolicies policies;
    final Billing.Parts parts;
    private final ApplicationHandler handler;
    private @Nullable ContainerResponse last;

    record Answer(int status, String text) {}

    WebApp(Path folder) {
        this(folder, (address, maxBytes, timeout) -> {
            throw new PriceSource.Unfetched("is not there in this test");
        });
    }

    /** Makes one from which other sites are reached through a source. */
    WebApp(Path folder, PriceSource sites) {
        JERSEY.setLevel(Level.SEVERE);
        test = new LedgerFixture(TestDatabase.SQLITE, folder);
        SharedState state = SharedState.inProcess(test.clock());
        SecurityConfig security =
                new SecurityConfig("a-secret-of-thirty-two-bytes-or-more".getBytes(StandardCharsets.UTF_8), null);
        accounts = Accounts.open(test.database(), state, security, test.clock());
        prices = PriceBook.open(test.database(), state.bus(), test.clock());
        policies = BillingPolicies.open(test.database(), state.bus());
        plans = Plans.open(test.database(), state.bus(), test.clock());
        parts = new Billing.Parts(test.database(), state, test.ledger(), prices, plans, policies, test.clock());
        ResourceConfig config = new ResourceConfig();
        accounts.filters().forEach(config::register);
        Billing.resources(parts, accounts).forEach(config::register);
        config.register(Billing.priceFetchResource(sites, accounts));
        Billing.modelResources(parts).forEach(config::register);
        config.register(new ProblemMapper());
        config.register(new RequestContextFilter(new ClientAddress(List.of()), request -> "198.51.100.1"));
        handler = new ApplicationHandler(config);
    }

    User user(String name) {
        return accounts.users().create(name, name + "@example.com", "password of " + name, false);
    }

    User admin(String name) {
        return accounts.users().create(name, null, "password of " + name, true);
    }

    Answer get(@Nullable User caller, String path) {
        return send(caller, "GET", path, "");
    }

    Answer post(@Nullable User caller, String path, String json) {
        return send(caller, "POST", path, json);
    }

    /** Asks for a kind of answer. */
    Answer post(@Nullable User caller, String path, String json, String accept) {
        return send(caller, "POST", path, json, accept);
    }

    /** Returns a header of the last answer, or an empty text. */
    String header(String name) {
        String value = last == null ? null : last.getHeaderString(name);
        return value == null ? "" : value;
    }

    private Answer send(@Nullable User caller, String method, String path, String body) {
        return send(caller, method, path, body, "*/*");
    }

    private Answer send(@Nullable User caller, String method, String path, String body, String accept) {
        test.clock().advance(Duration.ofSeconds(10)); // some routes allow few requests in a short time
        ContainerRequest request = new ContainerRequest(
                BASE, BASE.resolve(path), method, null, new MapPropertiesDelegate(), handler.getConfiguration());
        if (caller != null) {
            request.header("Authorization", "Bearer " + accounts.signIn().token(caller));
        }
        request.header("Content-Type", "application/json");
        request.header("Accept", accept);
        request.setEntityStream(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ContainerResponse response = handler.apply(request, out).get();
            last = response;
            return new Answer(response.getStatus(), out.toString(StandardCharsets.UTF_8));
        } catch (Exception e) {
            throw new AssertionError(method + " " + path + " failed", e);
        }
    }

    @Override
    public void close() {
        prices.close();
        plans.close();
        policies.close();
        accounts.close();
        test.close();
    }
}
