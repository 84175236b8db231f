/** What the rooms take from a Spark session: its files and named jobs. */
package org.privateevolution.spark.session;
