/**
 * The privacy core, and the whole of what a privacy audit has to read: accounting, the vote grid, the write-only vote
 * histogram, its noise, and the ledger. It imports the JDK only and has no logger, so clean counts have no way out
 * but {@link org.privateevolution.privacy.VoteHistogram#release}.
 */
package org.privateevolution.privacy;
