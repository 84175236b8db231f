/**
 * Calls paid endpoints over HTTP, whatever they generate: several endpoints and keys, rate limits, retries, budgets and
 * exact accounts.
 */
package org.privateevolution.generation.endpoint;
