package org.privateevolution.config;

/** What is special about a setting or group. */
enum Trait {
    /**
     * Not part of a run's identity, so that a run that is resumed or extended may change it: how long the run goes on and
     * how it is selected from then on, what it may spend, what is published and measured, its name, where its ledger is,
     * which has to hold the run's charges, and how the work is cut up, which no result depends on. Files are known by
     * their checksums, wherever they lie, and endpoints that answer alike by what they are asked for.
     */
    FREE,

    /** Not written where it is the default, so that runs from before there was such a setting keep their fingerprints. */
    SILENT
}
