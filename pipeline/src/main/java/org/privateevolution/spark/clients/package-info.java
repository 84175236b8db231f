/** Clients with all their rows in a root table and child tables. */
package org.privateevolution.spark.clients;
