/** The driver's side of a run, without Spark or Hadoop: the loops, releases, resuming, spending and the guarantee. */
package org.privateevolution.run;
