/** Images (PE, Sim-PE). */
package org.privateevolution.spark.image;
