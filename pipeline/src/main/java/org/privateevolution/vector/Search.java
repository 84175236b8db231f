package org.privateevolution.vector;

/**
 * What a search leaves besides the neighbours.
 *
 * @param multiplyAdds how many it took, those of single pairs not counted; brute force takes one for each row, candidate
 *     and component, up to the rounding of tiles
 * @param winners for the search of the same rows in the next index
 */
public record Search(long multiplyAdds, Winners winners) {}
