/** Shows runs in Spark's own metrics system, for applications that ask for it. */
package org.privateevolution.spark.telemetry;
