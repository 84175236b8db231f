/** Run configurations: YAML text to a validated {@link org.privateevolution.model.RunSpec}, and back. */
package org.privateevolution.config;
