/**
 * Images as a modality of runs (PE, Sim-PE): private images, their embeddings, generation, evaluation and publication.
 */
package org.privateevolution.spark.image;
