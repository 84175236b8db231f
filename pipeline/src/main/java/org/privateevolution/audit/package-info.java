/**
 * Measures how much privacy a run really gives, by canaries: invented records, each of which is in the data with
 * probability 1/2. The auditor knows these coins; the run does not. Pure arithmetic on released numbers.
 */
package org.privateevolution.audit;
