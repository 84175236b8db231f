/** Audits of runs on Spark, on invented records, in folders of their own. */
package org.privateevolution.spark.audit;
