/** Opens the private records, and says why some are refused without quoting them. */
package org.privateevolution.spark.source;
