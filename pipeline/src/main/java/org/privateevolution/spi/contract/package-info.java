/**
 * The contracts of extensions, as checks that an author runs in tests, with any test framework. Each check throws an
 * {@link AssertionError} with one line per violation.
 */
package org.privateevolution.spi.contract;
