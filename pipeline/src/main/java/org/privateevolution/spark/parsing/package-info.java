/** CSV and JSON as records, read by this program because Spark's readers tear, merge or quote them. */
package org.privateevolution.spark.parsing;
