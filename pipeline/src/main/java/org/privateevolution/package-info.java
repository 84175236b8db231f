/** Private Evolution for Apache Spark. */
package org.privateevolution;
