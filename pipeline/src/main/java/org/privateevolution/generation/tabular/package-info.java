/** RANDOM_API and VARIATION_API for tables: no model, only the declared schema (Tab-PE; Tran et al. 2026). */
package org.privateevolution.generation.tabular;
