/** Texts (Aug-PE). */
package org.privateevolution.spark.text;
