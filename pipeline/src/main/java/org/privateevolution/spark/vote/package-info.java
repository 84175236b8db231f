/** Counts votes on executors: the Spark side of {@link org.privateevolution.run.Electorate}. */
package org.privateevolution.spark.vote;
