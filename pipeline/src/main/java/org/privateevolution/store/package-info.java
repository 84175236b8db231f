/** What a run keeps on any Hadoop file system: iterations, releases, the ledger, leases. */
package org.privateevolution.store;
