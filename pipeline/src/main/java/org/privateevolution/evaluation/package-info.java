/**
 * Quality metrics. Those in this package read only released data, so they are inside the guarantee. Those that read
 * private data are in {@link org.privateevolution.evaluation.outside}.
 */
package org.privateevolution.evaluation;
