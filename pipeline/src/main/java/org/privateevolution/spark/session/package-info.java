/** What the rooms take from a Spark session: its files, named jobs, and columns by their names. */
package org.privateevolution.spark.session;
