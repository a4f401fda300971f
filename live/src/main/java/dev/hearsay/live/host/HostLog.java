package dev.hearsay.live.host;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.hearsay.live.log.AppendedFile;
import dev.hearsay.wire.PlainText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * Where a host process logs to. What went wrong is one line, with the place in our own code; where from there is for those who set {@code
 * GOSSIP_DEBUG}. Programs that embed a host configure their logging themselves.
 */
public final class HostLog {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final long FILE_BYTES_MAX = 16L << 20;
    private static final int OLD_FILES = 3;

    private HostLog() {}

    /** Sends everything of importance to the file, and nothing anywhere else; old parts are kept beside it, three at most. */
    public static void toFile(Path path) {
        try {
            AppendedFile file = AppendedFile.rolling(path, FILE_BYTES_MAX, OLD_FILES);
            to(line -> {
                try {
                    file.append(line);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException e) {
            toErrorStream();
            LoggerFactory.getLogger(HostLog.class).error("The log {} cannot be written: {}", path, e.toString());
        }
    }

    /** Sends the same to the error stream, for whoever keeps that: the engine that runs containers, or systemd. */
    public static void toErrorStream() {
        to(System.err::print);
    }

    private static void to(Consumer<String> lines) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        String debug = System.getenv("GOSSIP_DEBUG");
        boolean isDebugging = debug != null && !debug.isEmpty() && !debug.equals("0") && !debug.equals("false");
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                lines.accept(line(event, isDebugging));
            }
        };
        appender.setContext(context);
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(appender);
        context.getLogger("dev.hearsay").setLevel(Level.INFO);
    }

    private static String line(ILoggingEvent event, boolean isDebugging) {
        StringBuilder line = new StringBuilder(TIME.format(Instant.ofEpochMilli(event.getTimeStamp())));
        line.append(' ')
                .append(event.getLevel())
                .repeat(' ', Math.max(1, 6 - event.getLevel().toString().length()));
        line.append(PlainText.of(event.getFormattedMessage()));
        IThrowableProxy thrown = event.getThrowableProxy();
        for (IThrowableProxy cause = thrown; cause != null; cause = cause.getCause()) {
            line.append(": ").append(PlainText.of(words(cause)));
        }
        line.append('\n');
        if (isDebugging && thrown != null) {
            ThrowableProxyUtil.asString(thrown)
                    .lines()
                    .forEach(frame -> line.append(PlainText.of(frame.replace("\t", "    ")))
                            .append('\n'));
        }
        return line.toString();
    }

    private static String words(IThrowableProxy thrown) {
        String kind = thrown.getClassName().substring(thrown.getClassName().lastIndexOf('.') + 1);
        return (thrown.getMessage() == null ? kind : kind + " (" + thrown.getMessage() + ")")
                + Arrays.stream(thrown.getStackTraceElementProxyArray())
                        .map(StackTraceElementProxy::getStackTraceElement)
                        .filter(frame -> frame.getClassName().startsWith("dev.hearsay."))
                        .findFirst()
                        .map(frame -> " at " + frame)
                        .orElse("");
    }
}
