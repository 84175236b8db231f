/** Extension points that work on Spark: formats of private data, and metrics outside the guarantee. */
package org.privateevolution.spi.spark;
