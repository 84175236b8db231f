/**
 * Metrics that read private data. Everything in this package is OUTSIDE the guarantee: it is exact, without noise, and
 * not charged to the ledger. It is meant for people who may see the private data, and runs only on request.
 */
package org.privateevolution.evaluation.outside;
