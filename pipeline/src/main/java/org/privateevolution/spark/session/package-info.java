/**
 * What other packages need of a Spark session: its file systems, named jobs, temporary settings, and columns by name.
 */
package org.privateevolution.spark.session;
