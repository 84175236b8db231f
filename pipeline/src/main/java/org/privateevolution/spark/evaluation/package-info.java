/**
 * Measures how good synthetic data are: the Spark side of {@code pe evaluate}. Reads real records and is OUTSIDE the
 * guarantee, except for figures that say otherwise.
 */
package org.privateevolution.spark.evaluation;
