package org.privateevolution.config;

import java.util.function.Function;

/**
 * Builder of a {@link Setting}.
 *
 * @param <R> the part of the run specification that holds the setting's value
 */
final class Draft<R, T> {

    private final Group<R> group;
    private final String name;
    private final Type<T> type;
    private final T standard;
    private final Function<R, T> value;
    private String fallback;
    private boolean silent;
    private boolean free;

    Draft(Group<R> group, String name, Type<T> type, T standard, String fallback, Function<R, T> value) {
        this.group = group;
        this.name = name;
        this.type = type;
        this.standard = standard;
        this.fallback = fallback;
        this.value = value;
    }

    /** States in Markdown what holds if the setting is not given. */
    Draft<R, T> otherwise(String words) {
        fallback = words;
        return this;
    }

    /**
     * Excludes the setting from a run's identity, so that a run may be resumed or extended with another value. These
     * settings are free:
     * <ul>
     * <li>how long the run continues, and how it selects samples from then on;
     * <li>what the run may spend;
     * <li>what is published and measured;
     * <li>the run's name;
     * <li>where its ledger is, because the ledger must hold the run's charges in any case;
     * <li>how the work is divided, which no result depends on.
     * </ul>
     *
     * <p>A file's location is free, because the file is identified by its checksum. Interchangeable endpoints are
     * identified by what they are asked for.
     */
    Draft<R, T> free() {
        free = true;
        return this;
    }

    /**
     * Omits the setting from canonical configurations where it has its default, so that runs from before the setting
     * existed keep their fingerprints.
     */
    Draft<R, T> silent() {
        silent = true;
        return this;
    }

    /** States in Markdown what the setting means, and adds the setting to its group. */
    Setting<T> means(String words) {
        Setting<T> setting = new Setting<>(group, name, type, standard, fallback, silent, words);
        group.add(setting, record -> setting.written(value.apply(record)));
        return free ? group.free(setting) : setting;
    }
}
