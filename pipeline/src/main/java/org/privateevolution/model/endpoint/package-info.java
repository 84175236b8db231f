/** What endpoints of texts and of images have in common: where they are, how hard they are pressed, what they may cost. */
package org.privateevolution.model.endpoint;
