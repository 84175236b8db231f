/** Rows of a table (Tab-PE). */
package org.privateevolution.spark.table;
