package io.patchbay.server;

import io.patchbay.accounts.Accounts;
import io.patchbay.billing.Billing;
import io.patchbay.foundation.config.PatchbayConfig;
import io.patchbay.foundation.problem.ProblemMapper;
import io.patchbay.foundation.request.ClientAddress;
import io.patchbay.foundation.request.RequestContextFilter;
import io.patchbay.kernel.PluginKernel;
import io.patchbay.kernel.admin.PluginResource;
import io.patchbay.relay.Relay;
import io.patchbay.server.http.HttpServer;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.List;
import org.glassfish.jersey.media.multipart.MultiPartFeature;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;

/** The two Jersey applications: the account and administration routes, and the model routes. */
final class Applications {
    private final PatchbayConfig config;
    private final Accounts accounts;
    private final Billing.Parts billing;
    private final PluginKernel plugins;
    private final Relay relay;

    Applications(PatchbayConfig config, Accounts accounts, Billing.Parts billing, PluginKernel plugins, Relay relay) {
        this.config = config;
        this.accounts = accounts;
        this.billing = billing;
        this.plugins = plugins;
        this.relay = relay;
    }

    /** Everything below {@code /api} but the model routes. */
    ResourceConfig api() {
        ResourceConfig application = common("api")
                .register(MultiPartFeature.class)
                .register(new ProblemMapper())
                .register(new PluginResource(plugins));
        registerAll(application, accounts.resources(Billing.figures(billing)));
        registerAll(application, Billing.resources(billing, accounts));
        application.register(Billing.priceFetchResource(relay.otherSites(), accounts));
        registerAll(application, relay.adminResources(accounts.audit()));
        registerAll(application, relay.taskResources());
        registerAll(application, relay.recordResources(accounts));
        return application;
    }

    /** The model routes, which answer errors as OpenAI does. */
    ResourceConfig relay() {
        ResourceConfig application = common("relay");
        registerAll(application, relay.modelResources(config.server().maxRequestBytes()));
        registerAll(application, Billing.modelResources(billing));
        return application;
    }

    private ResourceConfig common(String name) {
        ResourceConfig application = new ResourceConfig();
        application.setApplicationName(name);
        // No class path scanning: what is served is named here and in the rooms.
        application.property(ServerProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true);
        application.property(ServerProperties.WADL_FEATURE_DISABLE, true);
        application.property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true);
        application.register(
                new RequestContextFilter(new ClientAddress(config.server().trustedProxies()), Applications::peer));
        registerAll(application, accounts.filters());
        return application;
    }

    private static String peer(ContainerRequestContext request) {
        return request.getProperty(HttpServer.PEER) instanceof String address ? address : "";
    }

    private static void registerAll(ResourceConfig application, List<Object> parts) {
        parts.forEach(application::register);
    }
}
