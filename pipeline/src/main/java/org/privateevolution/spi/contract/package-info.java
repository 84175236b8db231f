/**
 * What every extension has to keep to, as checks that its author runs against it in tests of any framework: each throws an
 * {@link AssertionError} with a line for each breach.
 */
package org.privateevolution.spi.contract;
