package io.berth.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.NopStatusListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Sets up the log when the first line is about to be written, which most commands never do. Found by logback through
 * {@code META-INF/services}. Several processes append to the one file, a line at a time; logrotate's {@code
 * copytruncate} suits it.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {
    private static final String ROOT = "ROOT";
    /** The daemon's HTTP library, which tells everybody of its own start. */
    private static final String HELIDON = "io.helidon";

    private static final String FILE = "berth.log";
    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %msg%n";

    private static volatile Choice choice = new Choice(null, false, false);

    /** What logback needs a public constructor for. */
    public LogSetup() {}

    private record Choice(@Nullable Path folder, boolean debug, boolean onStandardError) {
        Level level() {
            return debug ? Level.DEBUG : Level.INFO;
        }
    }

    /** The setup may have been called for already: a library asks for its logger whether or not it writes. */
    static void choose(Path folder, boolean debug, boolean onStandardError) {
        choice = new Choice(folder, debug, onStandardError);
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger(ROOT).setLevel(choice.level());
        }
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        // Nothing of logback's own may reach standard output.
        context.getStatusManager().add(new NopStatusListener());
        var root = context.getLogger(ROOT);
        root.setLevel(choice.level());
        context.getLogger(HELIDON).setLevel(Level.WARN);
        var late = new LateAppender(() -> appenders(context));
        late.setContext(context);
        late.start();
        root.addAppender(late);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static List<Appender<ILoggingEvent>> appenders(LoggerContext context) {
        var chosen = choice;
        var appenders = new ArrayList<Appender<ILoggingEvent>>();
        var folder = chosen.folder();
        if (folder != null && isReady(folder)) {
            var file = new FileAppender<ILoggingEvent>();
            file.setFile(folder.resolve(FILE).toString());
            file.setAppend(true);
            appenders.add(started(context, file));
        }
        if (chosen.onStandardError()) {
            var console = new ConsoleAppender<ILoggingEvent>();
            console.setTarget("System.err");
            appenders.add(started(context, console));
        }
        return appenders;
    }

    private static OutputStreamAppender<ILoggingEvent> started(
            LoggerContext context, OutputStreamAppender<ILoggingEvent> appender) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }

    /** An operation isn't refused for want of a log: the journal is the record. */
    private static boolean isReady(Path folder) {
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
            return Files.isWritable(folder);
        } catch (IOException unwritable) {
            return false;
        }
    }
}
