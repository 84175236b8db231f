/** Embedders: how samples become the vectors between which private records vote. */
package org.privateevolution.embedding;
