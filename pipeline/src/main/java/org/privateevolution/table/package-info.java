/**
 * The sample space of a table: public partitions of its columns into cells, and rows drawn from distributions over
 * these cells. Private data is only read to find the cells of one record at a time, on executors.
 */
package org.privateevolution.table;
