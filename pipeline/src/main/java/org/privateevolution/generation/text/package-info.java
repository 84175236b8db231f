/**
 * Text (Aug-PE; Xie et al. 2024): RANDOM_API and VARIATION_API by a language model, behind an endpoint or in this
 * process, or from a public corpus without a model.
 */
package org.privateevolution.generation.text;
