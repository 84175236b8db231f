/**
 * The algorithm of Private Evolution (Lin et al. 2023, Algorithm 1) as pure functions: how many samples a label gets,
 * which candidates a released histogram selects, and which samples must be made next. It sees released (noisy) votes
 * only.
 */
package org.privateevolution.evolution;
