/** Runs Private Evolution on a Spark session, and publishes what comes of it. The rooms below are of this package alone. */
package org.privateevolution.spark;
