/** Counts the kinds, sizes and values of private records for a release from which a schema is drafted. */
package org.privateevolution.spark.discovery;
