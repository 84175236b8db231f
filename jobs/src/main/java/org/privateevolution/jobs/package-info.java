/** The command line {@code pe}, which is also the entry point for spark-submit. */
package org.privateevolution.jobs;
