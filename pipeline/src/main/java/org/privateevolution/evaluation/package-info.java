/**
 * Figures of merit. Those of this package read only what has been released, so they are inside the guarantee; those that
 * read private data live apart, in {@link org.privateevolution.evaluation.outside}.
 */
package org.privateevolution.evaluation;
