/**
 * How much privacy a run really gives, measured by canaries: invented records of which each is in with probability
 * 1/2, by coins that the auditor knows and a run does not. Pure arithmetic on what was released.
 */
package org.privateevolution.audit;
