/** What differs between tables, texts and images, and what they have in common. */
package org.privateevolution.spark.modality;
