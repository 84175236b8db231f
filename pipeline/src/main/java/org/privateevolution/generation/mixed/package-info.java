/** RANDOM_API and VARIATION_API of records that have columns and a text. */
package org.privateevolution.generation.mixed;
