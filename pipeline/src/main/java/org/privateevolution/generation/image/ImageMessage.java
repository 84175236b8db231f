package org.privateevolution.generation.image;

/**
 * A request in the terms of a protocol.
 *
 * @param path path to append to the endpoint's address
 */
@SuppressWarnings("ArrayRecordComponent") // sent, never compared
record ImageMessage(String path, String contentType, byte[] body) {}
