/**
 * Runs Private Evolution on a Spark session and publishes the results. Its parts are in the packages below, called
 * rooms; {@code docs/architecture.md} says which may use which.
 *
 * <p>Spark is written in Scala and throws checked exceptions that its methods do not declare, such as
 * {@code AnalysisException}. This package and the rooms catch {@code Exception} for their sake.
 */
package org.privateevolution.spark;
