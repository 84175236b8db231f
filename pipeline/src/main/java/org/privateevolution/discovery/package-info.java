/** What a noisy count of kinds, sizes and values tells of the columns of a table. Reads no record. */
package org.privateevolution.discovery;
