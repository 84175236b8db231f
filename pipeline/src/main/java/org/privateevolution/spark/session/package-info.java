/**
 * What other packages need of a Spark session: its file systems, named jobs, what their tasks send back, temporary
 * settings, and columns by name.
 */
package org.privateevolution.spark.session;
