/**
 * Images: RANDOM_API and VARIATION_API by simulators (Lin et al. 2025), from a public pool, or by an endpoint (Lin et
 * al. 2023).
 */
package org.privateevolution.generation.image;
