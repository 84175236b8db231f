/**
 * Figures that read the private data. Everything in this package is OUTSIDE the guarantee: it is exact, without noise, and
 * the ledger does not know of it. It is for the eyes of those who may see the private data, and runs only when asked for.
 */
package org.privateevolution.evaluation.outside;
