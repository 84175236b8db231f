/** Mixed records, which have declared columns and a text. */
package org.privateevolution.spark.mixed;
