/** Opens the private records, and explains why some are refused without quoting them. */
package org.privateevolution.spark.source;
