/** RANDOM_API and VARIATION_API for records with columns and a text. */
package org.privateevolution.generation.mixed;
