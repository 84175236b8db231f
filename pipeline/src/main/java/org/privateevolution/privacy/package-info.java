/**
 * The privacy core, and everything that a privacy audit has to read: accounting, the vote grid, the write-only vote
 * histogram, its noise, and the ledger. It imports the JDK only and has no logger, so
 * {@link org.privateevolution.privacy.VoteHistogram#release} is the only way out for clean counts.
 */
package org.privateevolution.privacy;
