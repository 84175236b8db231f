/** Records of declared columns and a text. */
package org.privateevolution.spark.mixed;
