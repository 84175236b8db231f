package org.privateevolution.model.endpoint;

/**
 * An endpoint that generates images. Public configuration, which does not contain the key.
 *
 * @param url URL before the paths of the {@link ImageProtocol}; a query, like Azure's {@code api-version}, is kept
 * @param key where the endpoint's key is kept
 */
public record ImageEndpoint(String url, KeySource key, Authorization authorization) {}
