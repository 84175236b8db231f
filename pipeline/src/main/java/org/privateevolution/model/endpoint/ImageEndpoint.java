package org.privateevolution.model.endpoint;

/**
 * Where images are made. Public configuration; the key is not in it.
 *
 * @param url what stands before the paths of the {@link ImageProtocol}; a query, like Azure's {@code api-version}, is
 *     kept
 * @param key where its key is kept
 */
public record ImageEndpoint(String url, KeySource key, Authorization authorization) {}
