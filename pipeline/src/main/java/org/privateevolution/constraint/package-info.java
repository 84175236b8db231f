/**
 * Constraints on the rows of a table: public rules that every synthetic row obeys. Conditions, whether they contradict
 * each other, and the repair of rows that break them. Nothing here reads private data, except to count on request, on
 * executors, how many rows break a constraint.
 */
package org.privateevolution.constraint;
