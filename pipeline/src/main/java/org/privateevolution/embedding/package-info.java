/** Embedders: turn samples into the vectors between which private records vote. */
package org.privateevolution.embedding;
