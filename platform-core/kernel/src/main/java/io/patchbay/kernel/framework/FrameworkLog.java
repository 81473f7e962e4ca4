package io.patchbay.kernel.framework;

import org.apache.felix.framework.Logger;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.slf4j.LoggerFactory;

/**
 * Leads the framework's log to ours. What it says of a plugin is also said by the life-cycle, in words for operators, so nothing
 * here is above {@code DEBUG} but errors.
 */
final class FrameworkLog extends Logger {
    private static final org.slf4j.Logger log = LoggerFactory.getLogger("io.patchbay.kernel.framework");

    FrameworkLog() {
        setLogLevel(LOG_WARNING);
    }

    @Override
    @SuppressWarnings("rawtypes")
    protected void doLog(
            @Nullable Bundle bundle,
            @Nullable ServiceReference service,
            int level,
            String message,
            @Nullable Throwable thrown) {
        // Only the text: an appender that keeps events would keep a plugin's classes.
        String text = thrown == null ? message : message + ": " + thrown;
        String about = bundle == null ? "" : bundle.getLocation() + " ";
        if (level == LOG_ERROR) {
            log.warn("{}{}", about, text);
        } else {
            log.debug("{}{}", about, text);
        }
    }
}
