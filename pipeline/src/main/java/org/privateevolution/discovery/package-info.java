/** Infers the columns of a table from noisy counts of kinds, sizes and values. Reads no records. */
package org.privateevolution.discovery;
