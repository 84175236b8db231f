/**
 * Reads CSV and JSON files as records with parsers of its own, because Spark's readers tear or merge records and quote
 * them in messages.
 */
package org.privateevolution.spark.parsing;
