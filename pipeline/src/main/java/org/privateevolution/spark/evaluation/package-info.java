/**
 * How good synthetic data are: the Spark side of {@code pe evaluate}. It reads real records and is OUTSIDE the
 * guarantee but for figures that say otherwise.
 */
package org.privateevolution.spark.evaluation;
