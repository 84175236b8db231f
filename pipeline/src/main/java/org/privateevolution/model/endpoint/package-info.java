/** Configuration of endpoints for texts or images: addresses, keys, protocols, limits, retries, budgets and prices. */
package org.privateevolution.model.endpoint;
