package io.patchbay.billing.code;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** Hears every line of every logger, the finest included, in place of the usual appenders, until it is closed. */
public final class LogEar extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final Level before = root.getLevel();
    private final List<Appender<ILoggingEvent>> usual = new ArrayList<>();

    public LogEar() {
        root.iteratorForAppenders().forEachRemaining(usual::add);
        usual.forEach(root::detachAppender);
        root.setLevel(Level.ALL);
        root.addAppender(this);
        start();
    }

    /** Returns all lines so far, with their stacks. */
    public String text() {
        return heard.stream().collect(Collectors.joining("\n"));
    }

    @Override
    protected void append(ILoggingEvent event) {
        IThrowableProxy failure = event.getThrowableProxy();
        heard.add(event.getFormattedMessage() + (failure == null ? "" : "\n" + ThrowableProxyUtil.asString(failure)));
    }

    @Override
    public void close() {
        root.detachAppender(this);
        root.setLevel(before);
        usual.forEach(root::addAppender);
    }
}
