package io.patchbay.server;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Leads what libraries write to {@code java.util.logging} into our log. */
final class JavaLogging {
    /** Jersey warns of every resource that is registered as an object, as all of ours are; held, because loggers are weak. */
    private static final Logger JERSEY_PROVIDERS = Logger.getLogger("org.glassfish.jersey.internal.inject.Providers");

    private JavaLogging() {}

    static void intoOurs() {
        if (!SLF4JBridgeHandler.isInstalled()) {
            SLF4JBridgeHandler.removeHandlersForRootLogger();
            SLF4JBridgeHandler.install();
        }
        JERSEY_PROVIDERS.setLevel(Level.SEVERE);
    }
}
