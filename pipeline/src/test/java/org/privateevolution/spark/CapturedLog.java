package org.privateevolution.spark;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.layout.PatternLayout;

/** Everything that is logged at INFO or above while it is open, stack traces included. */
final class CapturedLog implements AutoCloseable {

    private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
    private final LoggerConfig root = context.getConfiguration().getRootLogger();
    private final Level level = root.getLevel();
    private final Lines lines = new Lines();

    CapturedLog() {
        lines.start();
        root.addAppender(lines, Level.INFO, null);
        root.setLevel(Level.INFO);
        context.updateLoggers();
    }

    String text() {
        return String.join("", lines.text);
    }

    @Override
    public void close() {
        root.setLevel(level);
        root.removeAppender(lines.getName());
        context.updateLoggers();
    }

    private static final class Lines extends AbstractAppender {
        private final Queue<String> text = new ConcurrentLinkedQueue<>();

        Lines() {
            super(
                    "captured",
                    null,
                    PatternLayout.newBuilder()
                            .withPattern("%p %c %X %m%n%throwable")
                            .build(),
                    false,
                    Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            text.add((String) getLayout().toSerializable(event));
        }
    }
}
