package org.privateevolution.vector;

/**
 * The result of a search besides the neighbours.
 *
 * @param multiplyAdds number of multiply-adds, without those of single pairs; brute force takes one for each row,
 *     candidate and component, up to the rounding of tiles
 * @param winners for the search of the same rows in the next index
 */
public record Search(long multiplyAdds, Winners winners) {}
