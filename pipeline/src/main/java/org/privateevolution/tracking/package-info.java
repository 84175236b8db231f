/** Reports the publishable parts of a run to tracking servers. */
package org.privateevolution.tracking;
