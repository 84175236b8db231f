/** Audits runs on Spark, on invented records, in folders of the audit's own. */
package org.privateevolution.spark.audit;
