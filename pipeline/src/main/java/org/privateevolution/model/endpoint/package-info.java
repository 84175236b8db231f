/**
 * What a run says of its endpoints, of texts or images: where they are, how hard they are pressed, what they may cost.
 */
package org.privateevolution.model.endpoint;
