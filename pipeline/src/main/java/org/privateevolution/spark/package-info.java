/**
 * Runs Private Evolution on a Spark session, and publishes what comes of it. The rooms below are of this package alone.
 *
 * <p>Spark is written in Scala and throws checked exceptions that its methods do not declare, such as
 * {@code AnalysisException}: where this package and the rooms below catch {@code Exception}, it is for those.
 */
package org.privateevolution.spark;
