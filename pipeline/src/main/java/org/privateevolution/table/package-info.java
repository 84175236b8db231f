/**
 * The shape of a table's sample space: public partitions of its columns into cells, and rows drawn from distributions over
 * those cells. Nothing here reads private data but the binning of one record at a time, on executors.
 */
package org.privateevolution.table;
