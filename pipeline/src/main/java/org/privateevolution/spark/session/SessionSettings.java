package org.privateevolution.spark.session;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.RuntimeConfig;
import scala.Option;

/** Changes settings of a session for one step of the run. Closing restores the previous values. */
public final class SessionSettings implements AutoCloseable {

    private final RuntimeConfig session;
    private final Map<String, Optional<String>> previous = new LinkedHashMap<>();

    public SessionSettings(RuntimeConfig session, Map<String, String> settings) {
        this.session = session;
        settings.keySet().forEach(key -> {
            Option<String> given = session.getOption(key);
            previous.put(key, given.isDefined() ? Optional.of(given.get()) : Optional.empty());
        });
        try {
            settings.forEach(session::set);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public void close() {
        previous.forEach(
                (key, value) -> value.ifPresentOrElse(given -> session.set(key, given), () -> session.unset(key)));
    }
}
