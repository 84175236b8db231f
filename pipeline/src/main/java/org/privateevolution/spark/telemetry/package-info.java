/** Shows runs in Spark's own metrics system, to applications that ask for it. */
package org.privateevolution.spark.telemetry;
