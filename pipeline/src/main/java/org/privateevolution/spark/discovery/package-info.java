/** Counts the kinds, sizes and values of private records for a release that a schema is drafted by. */
package org.privateevolution.spark.discovery;
