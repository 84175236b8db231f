/**
 * Calling paid endpoints over HTTP, whatever they make: several endpoints and keys, rate limits, retries, budgets and exact
 * accounts.
 */
package org.privateevolution.generation.endpoint;
