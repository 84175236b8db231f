package org.privateevolution.config;

import java.util.function.Function;

/**
 * A setting that is being declared.
 *
 * @param <R> what holds its value in a run specification
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

    /** Says in Markdown what holds if it is not given. */
    Draft<R, T> otherwise(String words) {
        fallback = words;
        return this;
    }

    /**
     * Leaves it out of a run's identity, so that a run that is resumed or extended may change it: how long the run goes
     * on and how it is selected from then on, what it may spend, what is published and measured, its name, where its
     * ledger is, which has to hold the run's charges, and how the work is cut up, which no result depends on. Files are
     * known by their checksums, wherever they lie, and endpoints that answer alike by what they are asked for.
     */
    Draft<R, T> free() {
        free = true;
        return this;
    }

    /**
     * Leaves it out of canonical configurations where it is the default, so that runs from before there was such a
     * setting keep their fingerprints.
     */
    Draft<R, T> silent() {
        silent = true;
        return this;
    }

    /** Says in Markdown what it means, and adds it to its group. */
    Setting<T> means(String words) {
        Setting<T> setting = new Setting<>(group, name, type, standard, fallback, silent, words);
        group.add(setting, record -> setting.written(value.apply(record)));
        return free ? group.free(setting) : setting;
    }
}
