/**
 * Private Evolution on Apache Spark: reads and embeds private data on executors, counts votes there, and drives the run.
 * The only package that imports {@code org.apache.spark}.
 */
package org.privateevolution.spark;
