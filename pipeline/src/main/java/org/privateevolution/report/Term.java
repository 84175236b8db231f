package org.privateevolution.report;

/**
 * A kind of number that a report shows.
 *
 * @param name as it stands beside the number
 * @param meaning what it is, its range and which end is good, in a few sentences
 */
record Term(String name, String meaning) {}
