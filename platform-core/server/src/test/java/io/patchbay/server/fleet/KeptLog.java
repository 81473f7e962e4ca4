package io.patchbay.server.fleet;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** Everything this process logs while this is open: messages, their arguments and context, and whole throwables. */
public final class KeptLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    private KeptLog() {}

    /** Begins to listen; a server that starts later takes it off again. */
    public static KeptLog open() {
        KeptLog log = new KeptLog();
        log.setContext(ROOT.getLoggerContext());
        log.start();
        ROOT.addAppender(log);
        return log;
    }

    @Override
    protected void append(ILoggingEvent event) {
        String thrown = event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
        lines.add(event.getLevel() + " " + event.getLoggerName() + " " + event.getFormattedMessage() + " "
                + Arrays.toString(event.getArgumentArray()) + " " + event.getMDCPropertyMap() + " " + thrown);
    }

    /** Returns what was logged so far. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        ROOT.detachAppender(this);
        stop();
    }
}
