/** Private records as packed vectors on executors, embedded once and kept. */
package org.privateevolution.spark.vectors;
