/**
 * Reads run configurations, from YAML text to a validated {@link org.privateevolution.model.RunSpec}, and writes them
 * back.
 */
package org.privateevolution.config;
