/**
 * The parts that generators of all modalities share. Answers are journalled before they count, and never bought twice.
 */
package org.privateevolution.generation;
