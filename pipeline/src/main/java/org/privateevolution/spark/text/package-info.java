/** Texts as a modality of runs (Aug-PE). */
package org.privateevolution.spark.text;
