/** Rows of a table as a modality of runs (Tab-PE). */
package org.privateevolution.spark.table;
