/** The interface between runs and modalities, and what tables, texts and images have in common. */
package org.privateevolution.spark.modality;
