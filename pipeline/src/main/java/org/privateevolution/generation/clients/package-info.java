/** RANDOM_API and VARIATION_API for clients with all their rows. */
package org.privateevolution.generation.clients;
