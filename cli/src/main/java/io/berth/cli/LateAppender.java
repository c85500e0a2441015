package io.berth.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the appenders behind it when the first line comes. Most commands write none. Thread-safe. */
final class LateAppender extends AppenderBase<ILoggingEvent> {
    private final Supplier<List<Appender<ILoggingEvent>>> maker;
    private @Nullable List<Appender<ILoggingEvent>> made;

    LateAppender(Supplier<List<Appender<ILoggingEvent>>> maker) {
        this.maker = maker;
    }

    /** Called under the lock of {@link AppenderBase}. */
    @Override
    protected void append(ILoggingEvent event) {
        var appenders = made;
        if (appenders == null) {
            appenders = maker.get();
            made = appenders;
        }
        appenders.forEach(appender -> appender.doAppend(event));
    }

    @Override
    public void stop() {
        super.stop();
        if (made != null) {
            made.forEach(Appender::stop);
        }
    }
}
