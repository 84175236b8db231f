package org.privateevolution.report;

/**
 * A kind of number that a report shows.
 *
 * @param name as it is shown next to the number
 * @param meaning what the number is, its range and which end is good, in a few sentences
 */
record Term(String name, String meaning) {}
