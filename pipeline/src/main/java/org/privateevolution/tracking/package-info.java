/** Tells tracking servers what may be published of a run. */
package org.privateevolution.tracking;
